"use strict";(()=>{function r(t,e,n=document){let o=n.querySelector(t);return o instanceof e?o:null}function i(t,e){return t.dataset[e]||""}var s=1500;function c(){return r("#preparation",HTMLElement)}function f(){let t=c(),e=t&&r("[data-words]",HTMLElement,t);
t&&e&&(e.textContent=i(t,"unreachable"))}function l(t){var o;let e=r("#preparation",HTMLElement,new DOMParser().parseFromString(
t,"text/html")),n=c();if(!e||!n){location.reload();return}(o=n.parentNode)==null||o.replaceChild(document.importNode(e,!0),
n),u()}function d(){fetch(location.href,{credentials:"same-origin",headers:{Accept:"text/html"}}).then(t=>{if(!t.ok)throw t;
return t.text()}).then(l,()=>{f(),a()})}function a(){setTimeout(d,s)}function u(){let t=c(),e=t&&t.getAttribute("data-st\
ate");t&&e==="ready"?location.assign(i(t,"take")):e==="pending"&&a()}u();})();
