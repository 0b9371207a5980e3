// The platform's time, which need not be this device's: a demo clock, or a phone that is wrong.

const started = Date.parse(document.body.dataset.now) - Date.now();
const form = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export function clock() {
  return form.format(new Date(Date.now() + started));
}

const shown = document.querySelector("[data-clock] span");
if (shown) setInterval(() => { shown.textContent = clock().slice(0, 5); }, 5000);
