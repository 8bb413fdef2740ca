// The browser's half of dashboard/components/raw.py: an element whose inside is markup our own charts wrote.
(function () {
  "use strict";
  function Raw(props) {
    var given = Object.assign({}, props.given, { dangerouslySetInnerHTML: { __html: props.markup } });
    Object.keys(props).forEach(function (name) {
      if (name === "id" || name === "className" || name === "role" || /^(aria|data)-/.test(name)) {
        given[name] = props[name];
      }
    });
    return window.React.createElement(props.tag || "div", given);
  }
  window.dashboard = Object.assign(window.dashboard || {}, { Raw: Raw });
})();
