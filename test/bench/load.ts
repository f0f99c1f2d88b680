// A load generator that costs the machine little: raw keep-alive sockets, requests written as ready bytes, answers
// read by Content-Length. fetch and http.request cost more than the servers under test.
import { connect, type Socket } from 'node:net'

/** Times in milliseconds. */
export interface Outcome extends Spread {
  readonly perSecond: number
}

/** An HTTP/1.1 request as bytes. */
export function requestBytes(
  host: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) })
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
  )
}

/** Sends every request once over `connections` sockets; throws at the first answer that is not 200. */
export async function drive(port: number, requests: readonly Buffer[], connections = 48): Promise<Outcome> {
  const times: number[] = []
  let next = 0
  const take = () => ({ request: requests[next++], due: 0 })
  const answered = (time: number) => times.push(time)
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, () => worker(port, take, answered)))
  const seconds = (performance.now() - start) / 1000
  return { perSecond: requests.length / seconds, ...spreadOf(times) }
}

/** Milliseconds. A request is late when the generator has no time for it, or all connections wait for answers. */
export interface Paced {
  /** From when a request was sent. */
  readonly sent: Spread
  /** From when it was due to when it was sent; at least what the timers of Node round up, up to 1 ms. */
  readonly late: Spread
  /** Both together: the time of people who do not wait for others to be answered. */
  readonly due: Spread
}

/**
 * Sends every request once at a steady rate, each when it is due or as soon as possible after.
 * @param perSecond requests per second
 */
export async function pace(
  port: number,
  requests: readonly Buffer[],
  perSecond: number,
  connections = 48,
): Promise<Paced> {
  const all: { readonly time: number; readonly late: number }[] = []
  const start = performance.now()
  let next = 0
  const take = () => ({ request: requests[next], due: start + (next++ * 1000) / perSecond })
  const answered = (time: number, late: number) => all.push({ time, late })
  await Promise.all(Array.from({ length: connections }, () => worker(port, take, answered)))
  return {
    sent: spreadOf(all.map(({ time }) => time)),
    late: spreadOf(all.map(({ late }) => late)),
    due: spreadOf(all.map(({ time, late }) => time + late)),
  }
}

export interface Spread {
  readonly p50: number
  readonly p99: number
}

export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

export const median = (all: readonly number[]): number => spreadOf(all).p50

/** Runs `count` flows, `width` at a time; gives flows per second. */
export async function flows(
  count: number,
  width: number,
  run: (n: number) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const began = performance.now()
  const worker = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await run(n)
  }
  await Promise.all(Array.from({ length: width }, worker))
  return (count * 1000) / (performance.now() - began)
}

/**
 * @param take gives the next request, with the time before which it is not sent; 0: at once
 * @param answered is called with the milliseconds since a request was sent, and those by which it was sent late
 */
function worker(
  port: number,
  take: () => { readonly request: Buffer | undefined; readonly due: number },
  answered: (time: number, late: number) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sent = 0
    let late = 0
    let seen: Buffer = Buffer.alloc(0)
    const send = () => {
      const { request, due } = take()
      if (request === undefined) {
        socket.destroy()
        return done()
      }
      const wait = due - performance.now()
      if (wait > 0) setTimeout(write, wait, request, due)
      else write(request, due)
    }
    const write = (request: Buffer, due: number) => {
      sent = performance.now()
      late = due === 0 ? 0 : sent - due
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server closed a connection')))
    socket.on('data', (chunk: Buffer) => {
      seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk])
      const length = answerLength(seen)
      if (length === undefined || seen.length < length) return
      if (seen.toString('latin1', 9, 12) !== '200') {
        socket.destroy()
        return fail(new Error(`unexpected answer:\n${seen.toString().slice(0, 2000)}`))
      }
      answered(performance.now() - sent, late)
      seen = seen.subarray(length)
      send()
    })
  })
}

/** Bytes of the whole answer once its head is there; chunked answers end with their last chunk. */
function answerLength(seen: Buffer): number | undefined {
  const head = seen.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const text = seen.toString('latin1', 0, head).toLowerCase()
  const length = /\r\ncontent-length: *(\d+)/.exec(text)
  if (length) return head + 4 + Number(length[1])
  if (!text.includes('transfer-encoding: chunked')) return head + 4
  const last = seen.indexOf('\r\n0\r\n\r\n', head)
  const only = seen.indexOf('0\r\n\r\n', head + 4)
  if (last >= 0) return last + 7
  return only === head + 4 ? head + 9 : undefined
}
