import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
var r=class extends Error{lines;constructor(...e){super(e.join(`
`)),this.name="UsageError",this.lines=e}};export{r as a};
