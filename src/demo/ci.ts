// The CI system's process.
import { startCiIssuer } from './ci-issuer.ts'

const issuer = await startCiIssuer()
console.log(`ci is ready at ${issuer.url}`)
process.once('SIGTERM', () => void issuer.stop())
