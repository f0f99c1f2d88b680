// A provider in a process of its own over a given store: `node serve.ts <dir> <issuer>`. Prints its port.
import { open } from './open.ts'

const [dir = '', issuer = ''] = process.argv.slice(2)
const running = await open({ dir, issuer })
process.stdout.write(`${running.port}\n`)
