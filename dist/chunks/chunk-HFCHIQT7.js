import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
function r(e){throw new Error(`unreachable: ${JSON.stringify(e)}`)}export{r as a};
