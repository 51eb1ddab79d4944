// When technology and level are chosen, the next free code, unless another has been typed.
const code = document.querySelector("input[data-proposal]");

if (code) {
  const [technology, level] = ["technology", "level"].map((name) => code.form.elements[name]);
  let proposed = "";

  const propose = async () => {
    if (!technology.value || !level.value || code.value !== proposed) return;
    const query = new URLSearchParams({ technology: technology.value, level: level.value });
    try {
      const answer = await (await fetch(`${code.dataset.proposal}?${query}`)).json();
      if (code.value !== proposed) return; // Typed meanwhile.
      code.value = proposed = answer.code ?? "";
    } catch {
      // Without a connection the field stays empty, and the code is given on save.
    }
  };

  // Select2 tells jQuery alone.
  django.jQuery([technology, level]).on("change", propose);
}
