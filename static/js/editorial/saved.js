// The page after a form was sent: if it tells of success, the unsaved text that `autosave.js` kept is not needed any more.
const sent = sessionStorage.getItem("desk:");
sessionStorage.removeItem("desk:");
if (sent && document.querySelector(".messagelist .success")) localStorage.removeItem(sent);
