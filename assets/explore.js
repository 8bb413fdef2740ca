// Only on a page with something to explore, before Dash.
(function () {
  "use strict";
  // Dash and Plotly make <style> elements themselves. Our policy lets only those with this answer's nonce apply, so each is
  // given it as it is made.
  var nonce = document.currentScript.nonce;
  var create = document.createElement;
  document.createElement = function (name) {
    var made = create.apply(document, arguments);
    if (String(name).toLowerCase() === "style") made.nonce = nonce;
    return made;
  };
  // The choices are the page's own selects, which work without any of this; a change is handed to Dash.
  document.addEventListener("change", function (event) {
    var form = event.target.closest("#explore-choices form");
    if (!form || !window.dash_clientside.set_props) return;
    window.dash_clientside.set_props("explore-choice", { data: Object.fromEntries(new FormData(form)) });
  });
  window.dash_clientside = {
    explore: {
      // The address bar holds the choice: to be kept, sent on or loaded again. Going back leads to the page one came from.
      keep_address: function (address) {
        if (address) history.replaceState(history.state, "", address + location.hash);
      },
    },
  };
})();
