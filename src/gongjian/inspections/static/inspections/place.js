// Where the device is, sent with the checklist when its bearer asks for it. Without scripts or permission the form works as it is.
const form = document.querySelector("[data-place-form]");
const box = form?.querySelector("[data-place-box]");
if (form && box && navigator.geolocation) {
  const said = box.querySelector("[data-place-said]");
  box.hidden = false;
  box.querySelector("[data-place-ask]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.querySelector("[data-place='lon']").value = coords.longitude.toFixed(6);
        form.querySelector("[data-place='lat']").value = coords.latitude.toFixed(6);
        said.textContent = said.dataset.placeOk;
      },
      () => { said.textContent = said.dataset.placeNo; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  });
}
