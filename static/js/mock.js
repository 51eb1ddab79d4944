// Shows how much time is left, by the server's clock; without this script the page says when it ends.
const clock = document.querySelector(".mock-clock");

const show = (ends) => {
  const left = Math.round((ends - Date.now()) / 1000);
  const seconds = String(Math.abs(left) % 60).padStart(2, "0");
  clock.textContent = `${Math.floor(Math.abs(left) / 60)}:${seconds} ${left < 0 ? "over" : "left"}`;
};

if (clock) {
  const ends = Date.parse(clock.dataset.ends) + Date.now() - Date.parse(clock.dataset.now);
  show(ends);
  setInterval(show, 1000, ends);
}
