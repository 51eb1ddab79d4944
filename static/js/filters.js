// Apply filters as they change; without this script, and on a narrow screen, the form's own button does it.
const form = document.getElementById("filters");
const wide = matchMedia("(width >= 60rem)");

form.addEventListener("change", () => {
  if (wide.matches) form.requestSubmit();
});

// Empty fields and the default order would only lengthen the address.
form.addEventListener("formdata", ({ formData }) => {
  const idle = [...formData].filter(([name, value]) => !value || (name === "sort" && value === "level"));
  for (const [name] of idle) formData.delete(name);
});
