// An example "documents" API in a process of its own: Koa with `chancery/verify`.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { createVerifier, type Verified } from '../verify/index.ts'
import { protect } from '../verify/middleware/koa.ts'

const { ISSUER = '', ACCESS_KEY_ID = '', SECRET_ACCESS_KEY = '' } = process.env

const verifier = createVerifier({
  issuer: ISSUER,
  service: 'docs',
  credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  onUnavailable: (problem) => console.error(problem.message, problem.detail ?? '', problem.cause ?? ''),
})

const documents = new Map([
  ['/documents/shop/readme', 'Everything must go.'],
  ['/documents/shop/payroll', 'Ann 4,000; Bob 3,900'],
  ['/documents/bank/ledger', '1,000,000'],
])

const app = new Koa()
app.use(
  protect(verifier, {
    action: 'docs:GetDocument',
    resource: (_ctx, path) => `arn:aws:docs:::${path.slice(1)}`,
  }),
)
app.use((ctx) => {
  const { caller, path } = ctx.state['chancery'] as Verified
  // Use the path that was decided on, not the framework's.
  const text = documents.get(path)
  if (text === undefined) return
  ctx.body = { text, readBy: caller.arn }
})

const server = createServer(app.callback())
server.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`documents is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
process.once('SIGTERM', () => {
  verifier.close()
  server.closeAllConnections()
  server.close()
})
