"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const byId = (id) => document.getElementById(id);
  const postings = read("postings");
  const allNodes = read("nodes");
  const allEdges = read("edges");
  const nodeOf = new Map(allNodes.map((node) => [node.id, node]));
  const edgeOf = new Map(allEdges.map((edge) => [edge.id, edge]));
  const box = byId("graph");
  const DASHES = { requires: false, accepts: [11, 4, 2, 4], prefers: [8, 6], mentions: [2, 5] };
  const ASKS = Object.keys(DASHES);
  const FACE = "Arial, Helvetica, sans-serif";
  const PAD = 14;
  const DIM = 0.14;
  const SMALLEST = 0.72; // smaller than this, labels cannot be read: the page scrolls instead
  const TALLEST = 6000;
  const MANY = 400; // more lines than this are drawn the fainter the more there are
  let pinned = null;

  const relations = () =>
    new Set([...document.querySelectorAll(".lines input:checked")].map((input) => input.value));

  // what is drawn: edges of the ticked relations, and the skills that still have one
  const visible = () => {
    const ticked = relations();
    const edges = allEdges.filter((edge) => !ASKS.includes(edge.relation) || ticked.has(edge.relation));
    const tied = new Set(edges.map((edge) => edge.to));
    const nodes = allNodes.filter((node) => !["skill", "degree"].includes(node.kind) || tied.has(node.id));
    return { nodes, edges };
  };

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(`--${name}`).trim();
  };

  // opaque, so that a line behind a faded node stays behind it
  const mixed = (colour, paper, share) => {
    const part = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
    const mix = (at) => Math.round(part(colour, at) * share + part(paper, at) * (1 - share));
    return `rgb(${mix(1)}, ${mix(3)}, ${mix(5)})`;
  };

  const drawNode = (node, colour, layout, near) => {
    const outside = node.kind === "degree" || node.kind === "employer";
    const edge = node.kind === "skill" ? colour("skill-edge") : colour(node.kind);
    const bold = node.kind === "position" || node.kind === "role";
    const dim = near !== null && !near.has(node.id);
    const pale = (name, share) => mixed(colour(name), colour("paper"), share);
    const ink = dim ? pale("label", 0.5) : outside ? colour("label") : colour(`${node.kind}-ink`);
    const fill = dim
      ? { background: pale(node.kind, 0.15), border: mixed(edge, colour("paper"), 0.3) }
      : { background: colour(node.kind), border: edge };
    const strong = { background: colour(node.kind), border: colour("accent") };
    return {
      id: node.id, label: node.label, shape: node.shape, title: node.title, size: node.size,
      x: node.at[layout][0], y: node.at[layout][1], widthConstraint: node.widthConstraint,
      borderWidth: bold ? 2 : 1.5, borderWidthSelected: 3,
      margin: { top: 4, bottom: 4, left: 9, right: 9 },
      shapeProperties: { borderRadius: node.kind === "skill" ? 12 : 0 },
      color: { ...fill, highlight: strong, hover: strong },
      font: {
        face: FACE, size: bold ? 14 : 13, color: ink,
        // a label below its shape hides the lines that run down from the shape
        background: outside ? colour("paper") : undefined,
      },
    };
  };

  const drawEdge = (edge, colour, near) => {
    const asks = ASKS.includes(edge.relation);
    const name = edge.relation === "requires" ? "required" : asks ? "other" : "structure";
    const clear = name === "structure" && isNarrow() ? 0.45 : name === "required" ? 0.8 : 1;
    const quiet = Math.min(clear, MANY / allEdges.length);
    const dim = near !== null && !near.has(edge.id);
    return {
      id: edge.id, from: edge.from, to: edge.to, title: edge.title, smooth: edge.smooth,
      dashes: asks ? DASHES[edge.relation] : false, arrows: "",
      width: name === "required" ? 1.6 : asks ? 1.4 : 1,
      color: {
        color: colour(name), highlight: colour("accent"), hover: colour("accent"),
        opacity: dim ? Math.min(DIM, quiet) : near ? clear : quiet, inherit: false,
      },
    };
  };

  // what stays bright when something is pinned: itself and what it is tied to
  const neighbours = () => {
    if (!pinned) return null;
    const near = new Set([pinned.id]);
    for (const edge of visible().edges) {
      if ([edge.id, edge.from, edge.to].includes(pinned.id)) {
        for (const id of [edge.id, edge.from, edge.to]) near.add(id);
      }
    }
    return near;
  };

  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges }, read("options"));
  const bounds = (drawn, layout) => {
    const sides = drawn.map((node) => {
      const [x, y] = node.at[layout];
      const [width, height, rise] = node.box;
      const middle = y + rise;
      return [x - width / 2, x + width / 2, middle - height / 2, middle + height / 2];
    });
    if (!sides.length) return { left: 0, right: 1, top: 0, bottom: 1 };
    const edge = (index, pick) => sides.reduce((best, side) => pick(best, side[index]), sides[0][index]);
    return {
      left: edge(0, Math.min), right: edge(1, Math.max),
      top: edge(2, Math.min), bottom: edge(3, Math.max),
    };
  };

  // a phone gets its own layout, unless that would be a column without end
  const tall = bounds(allNodes, "narrow_all");
  const isNarrow = () => box.clientWidth < 640 && tall.bottom - tall.top <= TALLEST;
  let content = null;

  const redraw = () => {
    const shown = visible();
    const colour = colours();
    const layout = (isNarrow() ? "narrow" : "wide") + (relations().has("mentions") ? "_all" : "");
    const near = neighbours();
    const drawn = shown.nodes.map((node) => drawNode(node, colour, layout, near));
    const lines = shown.edges.map((edge) => drawEdge(edge, colour, near));
    const keep = new Set([...drawn, ...lines].map((one) => one.id));
    nodes.remove(nodes.getIds().filter((id) => !keep.has(id)));
    edges.remove(edges.getIds().filter((id) => !keep.has(id)));
    nodes.update(drawn);
    edges.update(lines);
    content = bounds(shown.nodes, layout);
  };

  const whole = () => {
    const width = content.right - content.left + 2 * PAD;
    const height = content.bottom - content.top + 2 * PAD;
    const wanted = Math.min(1, box.clientWidth / width);
    const fits = wanted >= SMALLEST && height * wanted <= TALLEST;
    const scale = fits ? wanted : Math.min(wanted, (innerHeight * 0.8) / height);
    // a picture too large to read at once is looked through with the wheel; others let the page scroll
    network.setOptions({ interaction: { zoomView: !fits, dragView: !fits || !isNarrow() } });
    box.classList.toggle("still", fits && isNarrow());
    box.style.height = `${Math.max(240, Math.ceil(height * scale))}px`;
    network.setSize("100%", box.style.height);
    network.redraw();
    const position = { x: (content.left + content.right) / 2, y: (content.top + content.bottom) / 2 };
    network.moveTo({ position, scale });
  };

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== null) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  const panel = byId("panel");
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  const show = (thing) => {
    panel.replaceChildren();
    panel.classList.toggle("empty", !thing);
    if (!thing) {
      element("h2", "Evidence", panel);
      element("p", "Point at a node or a line, or choose one, to read the words behind it.", panel);
      return;
    }
    element("h2", thing.name, panel);
    if (thing.kindName) element("p", capital(thing.kindName), panel);
    for (const block of thing.blocks) {
      element("h3", capital(block.heading), panel);
      for (const [words, index, section] of block.quotes) {
        const quote = element("blockquote", null, panel);
        element("q", words, quote);
        const from = postings[index];
        const place = [from.title ?? "no title", from.employer, from.source ?? from.id, section];
        element("cite", place.filter(Boolean).join(" · "), quote).title = `posting ${from.id}`;
      }
      if (block.more) element("p", `and ${block.more} more`, panel);
    }
    if (!thing.blocks.length) element("p", "Holds the picture together; no words of its own.", panel);
    if (pinned === thing) {
      element("button", "Show all again", panel).addEventListener("click", () => pin(null));
    }
    panel.parentElement.scrollTop = 0;
  };

  const pin = (thing) => {
    pinned = thing;
    redraw();
    const selected = { nodes: [], edges: [] };
    if (thing) (nodeOf.has(thing.id) ? selected.nodes : selected.edges).push(thing.id);
    network.setSelection(selected, { highlightEdges: false });
    for (const button of document.querySelectorAll("#items button")) {
      button.setAttribute("aria-pressed", String(thing !== null && button.dataset.id === thing.id));
    }
    show(thing);
  };

  const fillList = () => {
    const wanted = byId("find").value.trim().toLowerCase();
    const items = byId("items");
    items.replaceChildren();
    const order = ["employer", "role", "position", "degree", "skill"];
    const found = visible().nodes.filter((node) => node.name.toLowerCase().includes(wanted));
    found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name, "en"));
    for (const node of found) {
      const button = element("button", null, element("li", null, items));
      button.type = "button";
      button.dataset.id = node.id;
      button.setAttribute("aria-pressed", String(pinned === node));
      element("b", node.name, button).style.fontWeight = "normal";
      element("span", node.kindName, button);
      button.addEventListener("focus", () => { if (!pinned) show(node); });
      button.addEventListener("click", () => pin(pinned === node ? null : node));
    }
  };

  const refresh = () => { redraw(); whole(); };

  network.on("hoverNode", (event) => { if (!pinned) show(nodeOf.get(event.node)); });
  network.on("hoverEdge", (event) => { if (!pinned) show(edgeOf.get(event.edge)); });
  network.on("click", (event) => {
    const thing = event.nodes.length ? nodeOf.get(event.nodes[0]) : edgeOf.get(event.edges[0]);
    pin(thing === undefined || thing === pinned ? null : thing);
  });
  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  byId("closer").addEventListener("click", () => zoom(1.25));
  byId("farther").addEventListener("click", () => zoom(0.8));
  byId("whole").addEventListener("click", whole);
  byId("find").addEventListener("input", fillList);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") pin(null); });
  for (const input of document.querySelectorAll(".lines input")) {
    input.addEventListener("change", () => { pin(null); whole(); fillList(); });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let width = box.clientWidth;
  addEventListener("resize", () => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    refresh();
  });
  show(null);
  refresh();
  fillList();
  document.documentElement.dataset.ready = "yes";
  window.graphPage = { network, nodeOf, visible };
})();
