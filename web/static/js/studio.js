"use strict";(()=>{var m=(o,t,e)=>new Promise((n,r)=>{var u=s=>{try{a(e.next(s))}catch(c){r(c)}},h=s=>{try{a(e.throw(s))}catch(c){r(c)}},a=s=>s.
done?n(s.value):Promise.resolve(s.value).then(u,h);a((e=e.apply(o,t)).next())});function f(o,t,e=document){let n=e.querySelector(o);return n instanceof t?n:null}function d(o,t,e=document){return Array.prototype.slice.call(e.querySelectorAll(o)).filter(r=>r instanceof t)}function i(o,t){return o.dataset[t]||""}var p=700;function w(o,t){let e=t.map(n=>{let r=document.createElement("li");return r.textContent=n.words,r.className=n.
blocking?"bad":"",r});o.textContent!==e.map(n=>n.textContent).join("")&&o.replaceChildren(...e)}var l=class{constructor(t){
this.form=t,this.address=i(t,"remarksAt"),this.timer=0,this.asked=0}start(){this.form.addEventListener("input",()=>{clearTimeout(
this.timer),this.timer=window.setTimeout(()=>this.ask(),p)})}ask(){return m(this,null,function*(){this.asked+=1;let t=this.
asked;try{let e=yield fetch(this.address,{method:"POST",body:new FormData(this.form)});e.ok&&t===this.asked&&this.tell(yield e.
json())}catch(e){}})}tell(t){for(let n of d("[data-remarks]",HTMLElement,this.form))w(n,t.fields[i(n,"remarks")]||[]);let e=f(
"[data-remarks-total]",HTMLElement,this.form);if(e){let n=t.errors>1?"many":t.errors?"one":"none";e.textContent=i(e,n).replace(
"{n}",String(t.errors))}}};for(let o of d("form[data-remarks-at]",HTMLFormElement))new l(o).start();})();
