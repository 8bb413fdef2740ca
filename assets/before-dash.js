// Runs before Dash, on a page with something to explore. Dash and Plotly make <style> elements themselves; our policy lets
// only those with this answer's nonce apply, so each is given it as it is made.
(function () {
  "use strict";
  var nonce = document.currentScript.nonce;
  var create = document.createElement;
  document.createElement = function (name) {
    var made = create.apply(document, arguments);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
})();
