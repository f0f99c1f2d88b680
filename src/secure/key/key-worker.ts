// The worker of key-thread.ts: receives each key once, then batches of jobs.
import { type KeyObject, sign, verify } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { rawFromDer } from '../ecdsa-format.ts'
import { withHolderKey } from '../sigv4/sigv4a-key.ts'
import type { JwsContent, KeyAnswer, KeyJob } from './key-thread.ts'

const keys = new Map<number, KeyObject>()

type Message = readonly KeyJob[] | { readonly number: number; readonly key: KeyObject } | 'forget'

parentPort?.on('message', (message: Message) => {
  if (message === 'forget') keys.clear()
  else if ('key' in message) keys.set(message.number, message.key)
  else parentPort?.postMessage(message.map(answerOf))
})

function answerOf(job: KeyJob): KeyAnswer {
  const [work, number, hash, data] = job
  const key = keys.get(number)
  if (key === undefined) throw new TypeError('a key came after its job')
  if (work === 'jws') return jws(hash, data, key)
  const bytes = Buffer.from(data, 'latin1')
  if (work === 'verify') return verify(hash, bytes, key, Buffer.from(job[4], 'latin1'))
  return sign(hash, bytes, key)
}

/** RFC 7515 §7.1; RFC 7518 §3.4 for the form of an ECDSA signature. */
function jws(hash: string, { header, claims, width, holder }: JwsContent, key: KeyObject): string {
  const payload = holder === undefined ? claims : withHolderKey(claims, holder)
  const signed = `${header}.${Buffer.from(payload).toString('base64url')}`
  const signature = sign(hash, Buffer.from(signed, 'latin1'), key)
  const raw = width === undefined ? signature : rawFromDer(signature, width)
  return `${signed}.${raw.toString('base64url')}`
}
