"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const byId = (id) => document.getElementById(id);
  const { kinds, texts, postings } = read("data");
  const DASHES = { requires: false, accepts: [11, 4, 2, 4], prefers: [8, 6], mentions: [2, 5] };
  const ASKS = Object.keys(DASHES);
  const WORDS = { requires: "Required", accepts: "One of several", prefers: "Preferred", mentions: "Mentioned" };
  const FACE = "Arial, Helvetica, sans-serif";
  const PAD = 14;
  const DIM = 0.14;
  const SMALLEST = 0.72; // smaller than this, labels cannot be read: the page scrolls instead
  const TALLEST = 6000;
  const MANY = 400; // more lines than this are drawn the fainter the more there are
  const CURVED = 600; // more lines than this are straight, which draws faster
  const MOVED = 100; // of more nodes, the picture as drawn is moved, and drawn anew when it rests
  const HEAVY = 300; // of more nodes, none is drawn anew because the pointer is over it
  const FADING = 700; // of more nodes, those that are not looked at do not fade: that would take too long
  const OPEN = 12; // quotes that are shown at once; more are folded
  let pinned = null;
  let wanted = "";

  const plural = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // texts are stored once; here they are put back where they belong
  const block = ([heading, more, flat]) => {
    const quotes = [];
    for (let at = 0; at < flat.length; at += 3) quotes.push([texts[flat[at]], flat[at + 1], texts[flat[at + 2]]]);
    return { heading: texts[heading], more, quotes };
  };
  const blocksOf = (thing) => (thing.blocks ??= (thing.said ?? []).map(block));

  const allNodes = read("nodes");
  const allEdges = read("edges");
  const nodeOf = new Map();
  for (const node of allNodes) {
    const [kindName, , shape, size] = kinds[node.kind];
    Object.assign(node, { kindName, shape, size, name: node.name ?? node.label.replaceAll("\n", " "), ties: [] });
    nodeOf.set(node.id, node);
  }
  allEdges.forEach((edge, number) => {
    edge.id = `e${number}`;
    edge.source = nodeOf.get(edge.from);
    edge.target = nodeOf.get(edge.to);
    edge.source.ties.push(edge);
    edge.target.ties.push(edge);
    const [source, target] = [edge.source.name, edge.target.name];
    if (ASKS.includes(edge.relation)) edge.name = `${source} – ${target}`;
    else if (edge.relation === "at_employer") edge.name = `${target} at ${source}: ${plural(edge.postings, "posting")}`;
    else edge.name = `${target} is a level of the role ${source}: ${plural(edge.postings, "posting")}`;
  });
  const edgeOf = new Map(allEdges.map((edge) => [edge.id, edge]));
  const box = byId("graph");
  const isAsked = (node) => node.kind === "skill" || node.kind === "degree";

  const ticked = (list) => new Set([...document.querySelectorAll(`.${list} input:checked`)].map((input) => input.value));

  // what is drawn: what the boxes, the level and the number of postings leave, and is tied to something
  const visible = () => {
    const [relations, shownKinds] = [ticked("lines"), ticked("kinds")];
    const level = byId("level")?.value ?? "";
    const least = Number(byId("least")?.value) || 1;
    const fits = (node) => shownKinds.has(node.kind) && (!level || node.kind !== "position" || node.level === level);
    const edges = allEdges.filter((edge) =>
      edge.postings >= least && fits(edge.source) && fits(edge.target)
      && (!ASKS.includes(edge.relation) || relations.has(edge.relation)));
    const tied = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const alone = (node) => !isAsked(node) && least === 1 && (!level || node.kind === "position");
    const nodes = allNodes.filter((node) => fits(node) && (tied.has(node.id) || alone(node)
      || !shownKinds.has("role") && !shownKinds.has("position") && least === 1));
    return { nodes, edges };
  };

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const known = {};
    return (name) => (known[name] ??= style.getPropertyValue(`--${name}`).trim());
  };

  // opaque, so that a line behind a faded node stays behind it
  const mixed = (colour, paper, share) => {
    const part = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
    const mix = (at) => Math.round(part(colour, at) * share + part(paper, at) * (1 - share));
    return `rgb(${mix(1)}, ${mix(3)}, ${mix(5)})`;
  };

  const short = (text) => (text.length > 90 ? `${text.slice(0, 89)}…` : text);
  const hint = (name, kind, blocks) => {
    const lines = blocks.slice(0, 2).map(({ heading, quotes }) =>
      capital(heading) + (quotes.length ? `: “${short(quotes[0][0])}”` : ""));
    if (blocks.length > 2) lines.push(`and ${blocks.length - 2} more`);
    return [`${name} (${kind})`, ...lines].join("\n");
  };
  const nodeHint = (node) => (node.hint ??= hint(node.name, node.kindName, [
    ...blocksOf(node), ...(isAsked(node) ? node.ties.slice(0, 3).flatMap(blocksOf) : []),
  ]));
  const edgeHint = (edge) => (edge.hint ??= edge.said ? hint(edge.name, WORDS[edge.relation], blocksOf(edge)) : edge.name);

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
      id: node.id, label: node.label, shape: node.shape, title: nodeHint(node), size: node.size || undefined,
      x: node.at[layout][0], y: node.at[layout][1],
      widthConstraint: outside || node.kind === "role" ? undefined : { minimum: node.box[0] - 18 },
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

  const drawEdge = (edge, colour, look) => {
    const asks = ASKS.includes(edge.relation);
    const name = edge.relation === "requires" ? "required" : asks ? "other" : "structure";
    const clear = name === "structure" && isNarrow() ? 0.45 : name === "required" ? 0.8 : 1;
    const quiet = Math.min(clear, MANY / allEdges.length);
    const many = allNodes.length > FADING;
    // skills stand beside what asks for them, everything else above or below
    const flat = edge.target.kind === "skill";
    const curve = { type: "cubicBezier", forceDirection: flat ? "horizontal" : "vertical", roundness: flat ? 0.8 : 0.45 };
    return {
      id: edge.id, from: edge.from, to: edge.to, title: edgeHint(edge), arrows: "",
      smooth: allEdges.length <= CURVED && { enabled: true, ...curve },
      dashes: asks ? DASHES[edge.relation] : false,
      width: name === "required" ? 1.6 : asks ? 1.4 : 1,
      color: {
        color: colour(look === "near" && many ? "accent" : name),
        highlight: colour("accent"), hover: colour("accent"),
        opacity: look === "faded" ? Math.min(DIM, quiet) : look === "near" ? clear : quiet, inherit: false,
      },
    };
  };

  // what stays bright when something is pinned or sought: itself and what it is tied to
  const neighbours = (shown) => {
    if (!pinned) {
      const sought = wanted ? shown.nodes.filter(isSought) : [];
      return sought.length ? new Set(sought.map((node) => node.id)) : null;
    }
    const near = new Set([pinned.id]);
    for (const edge of shown.edges) {
      if ([edge.id, edge.from, edge.to].includes(pinned.id)) {
        for (const id of [edge.id, edge.from, edge.to]) near.add(id);
      }
    }
    return near;
  };
  const isSought = (node) => node.name.toLowerCase().includes(wanted);

  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const options = read("options");
  // lines come back when the picture rests: many of them would make it follow slowly
  const isMoved = allNodes.length > MOVED && matchMedia("(pointer: fine)").matches;
  const hides = allEdges.length > CURVED;
  Object.assign(options.interaction, { hideEdgesOnDrag: hides, hideEdgesOnZoom: hides });
  if (allNodes.length > HEAVY) options.interaction.hover = false;
  if (isMoved) Object.assign(options.interaction, { dragNodes: false, dragView: false, zoomView: false });
  const network = new vis.Network(box, { nodes, edges }, options);
  const motion = isMoved ? movesAsDrawn(network, box) : null;
  const bounds = (drawn, layout) => {
    const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const node of drawn) {
      const [x, y] = node.at[layout];
      const [width, height, rise] = node.box;
      found.left = Math.min(found.left, x - width / 2);
      found.right = Math.max(found.right, x + width / 2);
      found.top = Math.min(found.top, y + rise - height / 2);
      found.bottom = Math.max(found.bottom, y + rise + height / 2);
    }
    return drawn.length ? found : { left: 0, right: 1, top: 0, bottom: 1 };
  };

  // each node's places: on wide and on narrow pages, without and with what is only mentioned;
  // a phone gets its own, unless that would be a column without end
  const layouts = allNodes.length ? allNodes[0].at.length : 2;
  const tall = bounds(allNodes, layouts - 1);
  const isNarrow = () => box.clientWidth < 640 && tall.bottom - tall.top <= TALLEST;
  let content = null;
  let shown = null;

  // how each thing was drawn last: what would be drawn the same is left as it is
  const looks = new Map();
  const changed = (things, look) => things.filter((thing) => {
    const now = look(thing);
    const differs = looks.get(thing.id) !== now;
    looks.set(thing.id, now);
    return differs;
  });

  const redraw = () => {
    shown = visible();
    const colour = colours();
    const layout = (isNarrow() ? 1 : 0) + (ticked("lines").has("mentions") && layouts > 2 ? 2 : 0);
    const near = neighbours(shown);
    const keep = new Set([...shown.nodes, ...shown.edges].map((one) => one.id));
    const gone = [...looks.keys()].filter((id) => !keep.has(id));
    for (const id of gone) looks.delete(id);
    edges.remove(gone.filter((id) => edgeOf.has(id)));
    nodes.remove(gone.filter((id) => nodeOf.has(id)));
    const fading = allNodes.length <= FADING ? near : null;
    const all = `${colour("paper")} ${layout} ${isNarrow()}`;
    const changedNodes = changed(shown.nodes, (node) => `${all} ${!fading || fading.has(node.id)}`);
    const edgeLook = (edge) => (near?.has(edge.id) ? "near" : fading ? "faded" : "plain");
    const changedEdges = changed(shown.edges, (edge) => `${all} ${edgeLook(edge)}`);
    nodes.update(changedNodes.map((node) => drawNode(node, colour, layout, fading)));
    edges.update(changedEdges.map((edge) => drawEdge(edge, colour, edgeLook(edge))));
    content = bounds(shown.nodes, layout);
    byId("nothing").hidden = !allNodes.length || shown.nodes.length > 0;
  };

  const whole = () => {
    motion?.settle();
    const width = content.right - content.left + 2 * PAD;
    const height = content.bottom - content.top + 2 * PAD;
    const wide = Math.min(1, box.clientWidth / width);
    const fits = wide >= SMALLEST && height * wide <= TALLEST;
    const scale = fits ? wide : Math.min(wide, (innerHeight * 0.8) / height);
    // a picture too large to read at once is looked through with the wheel; others let the page scroll
    const moves = { zoomView: !fits, dragView: !fits || !isNarrow() };
    if (motion) motion.allow(moves);
    else network.setOptions({ interaction: moves });
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
  const action = (text, parent, act) => {
    const made = element("button", text, parent);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const panel = byId("panel");
  const showQuotes = ({ quotes, more }, parent) => {
    for (const [words, index, section] of quotes) {
      const quote = element("blockquote", null, parent);
      element("q", words, quote);
      const from = postings[index];
      const place = [from.title ?? "no title", from.employer, from.source ?? from.id, section];
      element("cite", place.filter(Boolean).join(" · "), quote).title = `posting ${from.id}`;
    }
    if (more) element("p", `and ${plural(more, "quote")} more`, parent);
  };

  // a tie in the panel: its words below it, folded where there are many
  const showTie = (edge, from, open) => {
    const other = edge.source === from ? edge.target : edge.source;
    const asks = ASKS.includes(edge.relation);
    const folded = element("details", null, panel);
    const heading = asks && from === edge.target ? capital(blocksOf(edge)[0]?.heading ?? other.name) : other.name;
    const summary = element("summary", heading, folded);
    const way = asks && from === edge.source ? `${WORDS[edge.relation].toLowerCase()} · ` : "";
    element("small", ` ${way}${plural(edge.postings, "posting")}`, summary);
    const fill = () => {
      if (folded.dataset.full) return;
      folded.dataset.full = "yes";
      blocksOf(edge).forEach((one, at) => {
        if (at || heading !== capital(one.heading)) element("h3", capital(one.heading), folded);
        showQuotes(one, folded);
      });
      action(`Go to ${other.name}`, folded, () => pin(other));
    };
    folded.addEventListener("toggle", fill);
    if (open) {
      folded.open = true;
      fill();
    }
  };

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
    if (thing.facts) {
      const facts = element("dl", null, panel);
      for (const [name, value] of thing.facts) {
        element("dt", name, facts);
        element("dd", value, facts);
      }
    }
    if (pinned === thing) action("Show all again", panel, release);
    for (const one of blocksOf(thing)) {
      element("h3", capital(one.heading), panel);
      showQuotes(one, panel);
    }
    const drawn = new Set(shown.edges);
    const ties = (thing.ties ?? []).filter((edge) => drawn.has(edge));
    ties.sort((a, b) => ASKS.indexOf(a.relation) - ASKS.indexOf(b.relation) || b.postings - a.postings);
    if (ties.length) element("h3", isAsked(thing) ? "Asked for by" : "Tied to", panel);
    let room = isAsked(thing) ? OPEN : 0;
    for (const edge of ties) {
      room -= blocksOf(edge).reduce((sum, one) => sum + one.quotes.length, 0);
      showTie(edge, thing, room >= 0 || (isAsked(thing) && edge === ties[0]));
    }
    if (!ties.length && !blocksOf(thing).length) element("p", "Holds the picture together; no words of its own.", panel);
    panel.parentElement.scrollTop = 0;
  };

  const pin = (thing) => {
    pinned = thing;
    redraw();
    const selected = { nodes: [], edges: [] };
    if (thing) (nodeOf.has(thing.id) ? selected.nodes : selected.edges).push(thing.id);
    network.setSelection(selected, { highlightEdges: false });
    for (const button of document.querySelectorAll("#items button")) {
      button.setAttribute("aria-pressed", String(thing !== null && button.dataset.id === String(thing.id)));
    }
    show(thing);
  };

  const release = () => {
    const searched = wanted !== "";
    wanted = byId("find").value = "";
    pin(null);
    if (searched) fillList(); // else its buttons stay, and one of them the focus
  };

  const fillList = () => {
    const items = byId("items");
    items.replaceChildren();
    const order = ["employer", "role", "position", "degree", "skill"];
    const found = shown.nodes.filter(isSought);
    found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name, "en"));
    byId("number").textContent = wanted ? `${found.length} of ${shown.nodes.length}` : `All ${found.length}`;
    for (const node of found) {
      const button = action(null, element("li", null, items), () => pin(pinned === node ? null : node));
      button.dataset.id = node.id;
      button.setAttribute("aria-pressed", String(pinned === node));
      element("b", node.name, button).style.fontWeight = "normal";
      element("span", node.kindName, button);
      button.addEventListener("focus", () => { if (!pinned) show(node); });
    }
    return found;
  };

  const refresh = () => { redraw(); whole(); };

  network.on("hoverNode", (event) => { if (!pinned) show(nodeOf.get(event.node)); });
  network.on("hoverEdge", (event) => { if (!pinned) show(edgeOf.get(event.edge)); });
  network.on("click", (event) => {
    const thing = event.nodes.length ? nodeOf.get(event.nodes[0]) : edgeOf.get(event.edges[0]);
    if (thing === undefined) release();
    else pin(thing === pinned ? null : thing);
  });
  const zoom = (factor) => {
    if (motion) motion.zoom(factor, box.clientWidth / 2, box.clientHeight / 2);
    else network.moveTo({ scale: network.getScale() * factor });
  };
  byId("closer").addEventListener("click", () => zoom(1.25));
  byId("farther").addEventListener("click", () => zoom(0.8));
  byId("whole").addEventListener("click", whole);
  byId("find").addEventListener("input", () => {
    pinned = null;
    wanted = byId("find").value.trim().toLowerCase();
    byId("list").open = Boolean(wanted) || byId("list").open;
    redraw();
    fillList();
    show(null);
  });
  byId("find").addEventListener("keydown", (event) => {
    const found = event.key === "Enter" && wanted ? fillList() : [];
    if (!found.length) return;
    // what is called just so comes before what has it in its name
    pin(found.find((node) => node.name.toLowerCase() === wanted) ?? found[0]);
    panel.parentElement.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") release(); });
  const change = () => { pin(null); whole(); fillList(); };
  for (const input of document.querySelectorAll(".lines input, .kinds input, #level, #least")) {
    input.addEventListener("change", change);
  }
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", redraw);
  }
  let width = box.clientWidth;
  addEventListener("resize", () => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    refresh();
  });
  refresh();
  show(null);
  fillList();
  document.documentElement.dataset.ready = "yes";
  window.graphPage = { network, nodeOf, visible };
})();
