// One long-lived client of the JavaScript SDK with its usual credential chain. For each line on standard input, a time in
// epoch milliseconds, it waits until its clock has reached it, calls GetCallerIdentity and prints the answer or the error.
import { createInterface } from 'node:readline'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

const client = new STSClient({ maxAttempts: 1 })
for await (const line of createInterface({ input: process.stdin })) {
  while (Date.now() < Number(line)) await new Promise((done) => setTimeout(done, 20))
  // The SDK corrects its clock by the Date header, which Node writes from the clock that is not shifted.
  client.config.systemClockOffset = 0
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}))
    const { accessKeyId } = await client.config.credentials()
    process.stdout.write(`${Arn} ${accessKeyId}\n`)
  } catch (error) {
    process.stdout.write(`failed: ${String(error)}\n`)
  }
}
