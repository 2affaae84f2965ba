// What a person would see at once, looked for by a script: words that are no words, empty
// buttons, broken pictures, texts that are cut off or written over each other.

import { bringAxe, OURS, page } from "./page.mjs";

/** Put the functions into the page that the others here use. */
export const prepare = () =>
  page.evaluate((tags) => {
    const NONSENSE = /undefined|\[object|\bNaN\b|\bnull\b|unavailable|Infinity|%%/i;
    const deep = (root, found = []) => {
      for (const element of root.querySelectorAll("*")) {
        found.push(element);
        if (element.shadowRoot) deep(element.shadowRoot, found);
      }
      return found;
    };
    /** All nodes that are drawn below an element, through shadow roots and slots. */
    const drawn = function* (node) {
      yield node;
      const children = node.shadowRoot?.childNodes ?? (node.localName === "slot" && node.assignedNodes().length ? node.assignedNodes() : node.childNodes);
      for (const child of children) yield* drawn(child);
    };
    const visible = (element) => {
      const style = getComputedStyle(element);
      return style.display !== "none" && style.visibility !== "hidden" && element.getClientRects().length > 0;
    };
    const boxes = (element) => {
      const found = [];
      for (const node of drawn(element)) {
        if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
        const parent = node.parentElement ?? node.getRootNode().host;
        if (parent.localName === "style" || parent.localName === "option" || !visible(parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        found.push({ text: node.data.trim(), parent, rects: [...range.getClientRects()] });
      }
      return found;
    };
    const clipped = (element) => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      if (overflowX !== "visible" && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) return true;
      return overflowY !== "visible" && element.scrollHeight > element.clientHeight + 2;
    };
    const named = (element) =>
      (element.getAttribute("aria-label") ?? boxes(element).map(({ text }) => text).join("")).trim();
    const ours = () => deep(document).filter(({ localName }) => tags.includes(localName));

    window.looks = {
      ours,
      errorCards: () => deep(document).filter(({ localName }) => localName === "hui-error-card").length,
      shown: () =>
        ours().map((element) => ({
          tag: element.localName,
          printer: element.printerId,
          inFarm: !!element.getRootNode().host?.localName.includes("farm"),
          text: boxes(element).map(({ text }) => text).join(" ").replace(/\s+/g, " "),
          labels: [...drawn(element)].flatMap((node) => node.getAttribute?.("aria-label") ?? []),
        })),
      troubles: () => {
        const found = [];
        const wide = document.scrollingElement.scrollWidth - innerWidth;
        if (wide > 0) found.push(`the page is ${wide} px too wide`);
        for (const element of ours()) {
          const name = `${element.localName} of ${element.printer?.name ?? ""}`;
          const frame = element.getBoundingClientRect();
          if (!frame.width || !frame.height) found.push(`${name} is not to be seen`);
          const texts = boxes(element);
          for (const { text, parent, rects } of texts) {
            if (NONSENSE.test(text) || (/unknown/i.test(text) && !parent.classList.contains("what"))) found.push(`${name} says "${text}"`);
            for (const rect of rects) {
              const out = Math.max(rect.right - frame.right, frame.left - rect.left, rect.bottom - frame.bottom, frame.top - rect.top);
              if (rect.width && out > 1 && getComputedStyle(parent).textOverflow !== "ellipsis") {
                found.push(`"${text}" leaves ${name} by ${Math.round(out)} px`);
              }
            }
          }
          const lines = texts.flatMap(({ text, rects, parent }) => rects.map((rect) => ({ text, rect, parent })));
          lines.forEach((one, index) => {
            for (const other of lines.slice(index + 1)) {
              const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
              const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
              if (wide > 2 && high > 5 && one.parent !== other.parent) found.push(`"${one.text}" lies over "${other.text}" in ${name}`);
            }
          });
          for (const node of drawn(element)) {
            if (node.nodeType !== Node.ELEMENT_NODE || !visible(node)) continue;
            for (const attribute of ["aria-label", "title", "alt", "placeholder", "href", "src"]) {
              const value = node.getAttribute(attribute);
              if (value !== null && /undefined|\[object|NaN|null/.test(value)) found.push(`${name}: ${attribute}="${value}"`);
            }
            if (/^(button|a|select|summary)$/.test(node.localName) && !named(node) && !node.closest("label")) found.push(`${name} has a button without a name: ${node.outerHTML.slice(0, 80)}`);
            if (node.localName === "img" && node.complete && node.getAttribute("src") && !node.naturalWidth) found.push(`${name} has a broken picture: ${node.src.slice(-80)}`);
            if (!/^(svg|path|g|img|video|input|select)$/.test(node.localName) && clipped(node) && boxes(node).length) found.push(`${name} cuts off "${boxes(node).map(({ text }) => text).join(" ").slice(0, 60)}" (${node.localName}.${node.className})`);
          }
        }
        return found;
      },
    };
  }, OURS);

/** Wait until nothing moves any more: the theme has faded in, and the layout stands. */
export const settled = () =>
  page.evaluate(async () => {
    const place = () =>
      window.looks
        .ours()
        .map((element) => Object.values(element.getBoundingClientRect().toJSON()).join())
        .join();
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = () =>
      document.getAnimations().some((each) => each instanceof CSSTransition && each.playState === "running");
    let before;
    await frames();
    do {
      before = place();
      await frames();
    } while (moving() || place() !== before);
  });

export const errorCards = () => page.evaluate(() => window.looks.errorCards());
export const shown = () => page.evaluate(() => window.looks.shown());
export const troubles = () => page.evaluate(() => window.looks.troubles());

/** Return what axe finds in all of our elements at once, moderate and worse. */
export async function axe() {
  await bringAxe();
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(
      { include: window.looks.ours() },
      { resultTypes: ["violations"], rules: { region: { enabled: false } } },
    );
    return violations
      .filter(({ impact }) => impact !== "minor")
      .flatMap(({ id, impact, nodes }) => nodes.map(({ html, any, all, none }) => `${impact} ${id}: ${html.slice(0, 160)} ${[...any, ...all, ...none][0]?.message ?? ""}`));
  });
}
