// Runs the CI issuer as a process; the argument is its port, a free one when absent.
import { startCiIssuer } from './ci-issuer.ts'

const issuer = await startCiIssuer(Number(process.argv[2] ?? 0))
console.log(`ci is ready at ${issuer.url}`)
process.once('SIGTERM', () => void issuer.stop())
