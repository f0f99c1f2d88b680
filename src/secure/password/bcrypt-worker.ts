// The worker of bcrypt-threads.ts: one hash at a time.
import { parentPort } from 'node:worker_threads'
import { hashSync } from 'bcryptjs'
import type { BcryptJob } from './bcrypt-threads.ts'

parentPort?.on('message', ({ password, salt }: BcryptJob) => {
  parentPort?.postMessage(hashSync(password, salt))
})
