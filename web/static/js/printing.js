"use strict";(()=>{function t(n,o,r=document){return Array.prototype.slice.call(r.querySelectorAll(n)).filter(i=>i instanceof o)}var e=[];window.addEventListener("beforeprint",()=>{e=t("details.on-paper:not([open])",HTMLDetailsElement);for(let n of e)
n.open=!0});window.addEventListener("afterprint",()=>{for(let n of e)n.open=!1});for(let n of t("[data-print]",HTMLElement))
n.hidden=!1,n.addEventListener("click",()=>{window.print()});})();
