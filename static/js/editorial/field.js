// Leads from an address such as #id_example to that field, also where an editor or a searching select stands for it.
const go = () => {
  const field = document.getElementById(location.hash.slice(1));
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  (field.closest(".form-row") ?? field).scrollIntoView({ block: "start" });
  const instead = field.nextElementSibling;
  const editor = instead?.querySelector(".CodeMirror")?.CodeMirror;
  (editor ?? instead?.querySelector(".select2-selection") ?? field).focus({ preventScroll: true });
};

addEventListener("load", go); // After the scripts that replace fields.
addEventListener("hashchange", go);
