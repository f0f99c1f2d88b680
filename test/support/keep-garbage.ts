// Loaded before a server that tests start. A server gives the memory of its start back (`giveBack` of main.ts) by several full
// collections, which would take more processor time than the rest of a start, and throw away compiled code that a next server of
// the process needs.
import { syncBuiltinESMExports } from 'node:module'
import vm from 'node:vm'

const runInNewContext = vm.runInNewContext
vm.runInNewContext = (code, ...more) => (code === 'gc' ? () => undefined : runInNewContext(code, ...more))
syncBuiltinESMExports()
