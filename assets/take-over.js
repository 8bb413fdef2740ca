// The first answer is the whole page as plain HTML. This keeps it on screen until Dash has drawn the same page, then
// puts Dash's in its place in one step, with the reader's place, focus and opened details kept.
(function () {
  "use strict";
  var nonce = document.currentScript.nonce;
  var create = document.createElement;

  // Mantine and Plotly make <style> elements themselves. Our policy lets only those with this answer's nonce apply.
  document.createElement = function (name) {
    var made = create.apply(document, arguments);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };

  var first = document.getElementById("first-answer");
  var root = document.getElementById("react-entry-point");
  if (!first || !root) return;

  // The same element in the other copy of the page: by id, else by its place among elements of its kind.
  function twin(element) {
    if (element.id) return root.querySelector("#" + CSS.escape(element.id));
    var kind = element.tagName;
    var index = Array.prototype.indexOf.call(first.getElementsByTagName(kind), element);
    return root.getElementsByTagName(kind)[index] || null;
  }

  function takeOver() {
    var focused = first.contains(document.activeElement) ? twin(document.activeElement) : null;
    first.querySelectorAll("details").forEach(function (details) {
      var other = twin(details);
      if (other && other.open !== details.open) other.open = details.open;
    });
    first.querySelectorAll("select, input, textarea").forEach(function (control) {
      var other = control.name && root.querySelector('[name="' + CSS.escape(control.name) + '"]');
      if (other && other.value !== control.value) other.value = control.value;
    });
    var x = window.scrollX, y = window.scrollY;
    first.remove();
    root.classList.add("ready");
    window.scrollTo(x, y);
    if (focused) focused.focus({ preventScroll: true });
  }

  new MutationObserver(function (_changes, observer) {
    if (!root.querySelector("#main")) return;
    observer.disconnect();
    takeOver();
  }).observe(root, { childList: true, subtree: true });
})();
