// The listening socket: limits, TLS, and messages for when it cannot be opened.
import { lookup } from 'node:dns/promises'
import { readFileSync, watchFile } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import { getSystemErrorName } from 'node:util'
import { Problem } from '../problem.ts'
import { closeAfterUnreadBody } from './request/unread-body.ts'

/** Slow headers and bodies are cut off (docs/attacks.md 28). */
const headersTimeoutMs = 15_000
const requestTimeoutMs = 30_000
const maxHeaderBytes = 32 * 1024

/**
 * Only authenticated encryption with forward secrecy: TLS 1.3, and of TLS 1.2 the ECDHE suites with an AEAD cipher (RFC
 * 9325 §4.2). A key that leaks later decrypts no recorded traffic.
 */
export const cipherSuites: readonly string[] = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
]

/** Paths of PEM files. */
interface TlsFiles {
  readonly cert: string
  readonly key: string
}

interface Place {
  readonly host: string
  readonly port: number
}

/** Creates the HTTP or HTTPS server. @throws Problem('invalid_input') when the TLS files cannot be used */
export function httpServer(tls: TlsFiles | undefined, handle: RequestListener): Server {
  const listener: RequestListener = (req, res) => {
    closeAfterUnreadBody(req, res)
    handle(req, res)
  }
  const limits = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 65_000,
    insecureHTTPParser: false,
  }
  if (!tls) return createServer(limits, listener)
  const read = () => tlsOptions(tls)
  const server = usableTls(tls, () => createTlsServer({ ...limits, ...read() }, listener))
  for (const file of [tls.cert, tls.key]) {
    watchFile(file, { interval: 5_000, persistent: false }, () => {
      try {
        server.setSecureContext(read())
      } catch (error) {
        // Only one file of the pair has been replaced so far, or one is unreadable: keep using the old pair.
        console.warn(`warning: the TLS files were not reread: ${(error as Error).message}`)
      }
    })
  }
  return server
}

const tlsOptions = ({ cert, key }: TlsFiles) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  minVersion: 'TLSv1.2' as const,
  ciphers: cipherSuites.join(':'),
  honorCipherOrder: true,
})

/** Whether a server could start with the files. @throws Problem('invalid_input') when it could not */
export const checkTlsFiles = (tls: TlsFiles): void => {
  usableTls(tls, () => createSecureContext(tlsOptions(tls)))
}

/** @throws Problem('invalid_input') when the files cannot be read or do not match */
function usableTls<T>({ cert, key }: TlsFiles, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    const { message } = cause as Error
    const why = /PEM routines/.test(message) ? `\`${cert}\` or \`${key}\` is not in PEM form` : message
    throw new Problem('invalid_input', `CHANCERY_TLS_CERT and CHANCERY_TLS_KEY cannot be used: ${why}`, {
      cause,
    })
  }
}

/** Listens and returns the port. @throws Problem('unavailable') with instructions */
export function listen(server: Server, place: Place, handle?: BoundHandle): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(cannotListen(error, place)))
    const listening = () => done((server.address() as AddressInfo).port)
    if (handle === undefined) server.listen(place.port, place.host, listening)
    else {
      pauseAfterAccept(server)
      server.listen(handle, listening)
    }
  })
}

/**
 * Maximum accumulated pauses of a worker, and milliseconds after which it gains another: a pause takes about 0.07 ms, so
 * 3.5 %.
 */
const pauses = { most: 256, every: 2 }

/**
 * Among workers on one socket, the one that is awake accepts a whole burst before another has woken (48 connections at
 * once, two workers: 48 and 0), and a proxy with persistent connections then uses one worker only. A pause after each
 * accept lets the others accept too: 24 and 24.
 */
function pauseAfterAccept(server: Server): void {
  const neverWoken = new Int32Array(new SharedArrayBuffer(4))
  let spent = 0
  let last = performance.now()
  server.on('connection', () => {
    const now = performance.now()
    spent = Math.max(0, spent - (now - last) / pauses.every)
    last = now
    if (spent >= pauses.most) return
    spent += 1
    Atomics.wait(neverWoken, 0, 0, 0.02) // the shortest the system gives
  })
}

/** A bound socket that does not listen yet; workers listen on it. */
export interface BoundHandle {
  /** Returns 0, or a system error. */
  getsockname(into: { port?: number }): number
  close(): void
}

/**
 * Binds a socket for the workers. `node:cluster` closes the primary's handle when the last worker has closed its own, so
 * that connections accepted by the kernel in between are never answered; here the holder of the handle closes it first.
 * @throws Problem('unavailable') with instructions
 */
export async function bind(place: Place): Promise<{ readonly handle: BoundHandle; readonly port: number }> {
  const { address, family } = await lookup(place.host).catch((error) => {
    throw cannotListen(error, place)
  })
  const made = createServerHandle(address, place.port, family)
  const name: { port?: number } = {}
  // libuv reports that the port is in use only at the next call; an unbound socket would listen on a random port on every
  // address.
  const fault = typeof made === 'number' ? made : made.getsockname(name)
  if (typeof made === 'number' || fault !== 0) {
    const code = getSystemErrorName(fault)
    throw cannotListen(Object.assign(new Error(code), { code }), place)
  }
  return { handle: made, port: name.port ?? place.port }
}

/** The function with which `node:cluster` itself binds; missing in Node's types. A number is a system error. */
const createServerHandle = (
  net as unknown as {
    _createServerHandle(address: string, port: number, family: number): BoundHandle | number
  }
)._createServerHandle

function cannotListen(error: NodeJS.ErrnoException, { host, port }: Place): Error {
  const where = `${host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new Problem(
        'unavailable',
        `port in use: something else listens on ${where}; stop it or set CHANCERY_PORT`,
      )
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Problem(
        'unavailable',
        `cannot listen on ${where} (${error.code}); set CHANCERY_HOST and CHANCERY_PORT`,
      )
    default:
      return error
  }
}
