"use strict";
// A picture of thousands of nodes takes long to draw: while a hand moves it, what is drawn already is
// shifted and scaled as it is, as maps do, and drawn anew when the hand rests.
const movesAsDrawn = (network, box) => {
  const REST = 180; // milliseconds without a turn of the wheel
  let at = { k: 1, x: 0, y: 0 };
  let allowed = {};
  let held = null;
  let rest = 0;
  const canvas = () => box.querySelector("canvas");

  const settle = () => {
    clearTimeout(rest);
    if (at.k === 1 && !at.x && !at.y) return;
    const [x, y] = [(box.clientWidth / 2 - at.x) / at.k, (box.clientHeight / 2 - at.y) / at.k];
    const view = { position: network.DOMtoCanvas({ x, y }), scale: network.getScale() * at.k };
    at = { k: 1, x: 0, y: 0 };
    canvas().style.transform = "";
    network.moveTo(view);
  };
  const show = () => {
    canvas().style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.k})`;
    clearTimeout(rest);
    if (!held) rest = setTimeout(settle, REST);
  };
  const zoom = (factor, x, y) => {
    at = { k: at.k * factor, x: x - factor * (x - at.x), y: y - factor * (y - at.y) };
    show();
  };

  box.addEventListener("wheel", (event) => {
    if (!allowed.zoomView) return;
    event.preventDefault();
    const area = box.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, event.clientX - area.left, event.clientY - area.top);
  }, { passive: false });
  box.addEventListener("pointerdown", (event) => {
    if (allowed.dragView && event.button === 0) held = [event.clientX - at.x, event.clientY - at.y];
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    at = { ...at, x: event.clientX - held[0], y: event.clientY - held[1] };
    show();
  });
  addEventListener("pointerup", () => {
    if (!held) return;
    held = null;
    settle();
  });
  return { allow: (moves) => { allowed = moves; }, zoom, settle };
};
