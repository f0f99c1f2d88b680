// The worker of key-thread.ts: receives each key once, then batches of data to sign or verify.
import { type KeyObject, sign, verify } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { KeyAnswer, KeyJob } from './key-thread.ts'

const keys = new Map<number, KeyObject>()

type Message = readonly KeyJob[] | { readonly number: number; readonly key: KeyObject } | 'forget'

parentPort?.on('message', (message: Message) => {
  if (message === 'forget') keys.clear()
  else if ('key' in message) keys.set(message.number, message.key)
  else parentPort?.postMessage(message.map(answerOf))
})

function answerOf([hash, number, data, signature]: KeyJob): KeyAnswer {
  const key = keys.get(number)
  if (key === undefined) throw new TypeError('a key came after its job')
  const bytes = Buffer.from(data, 'latin1')
  if (signature !== undefined) return verify(hash, bytes, key, Buffer.from(signature, 'latin1'))
  return sign(hash, bytes, key)
}
