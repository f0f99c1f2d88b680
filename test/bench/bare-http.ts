// What the machine can do at best: node:http and nothing else. Prints its port.
import { createServer } from 'node:http'

const server = createServer((req, res) => {
  req.resume()
  req.on('end', () => res.end('{"ok":true}'))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`ready ${address.port}`)
})
process.on('SIGTERM', () => process.exit(0))
