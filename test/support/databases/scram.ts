// The server's half of SCRAM-SHA-256 (RFC 7677), for one user.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

export interface Login {
  readonly user: string
  readonly password: string
  /** The database that holds the user: `authSource`. */
  readonly source: string
}

const iterations = 4096
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const fields = (text: string) => new Map(text.split(',').map((part) => [part[0], part.slice(2)]))

/** One conversation. */
export class Scram {
  readonly #login: Login
  readonly #salt = randomBytes(16)
  #said = ''
  #name = ''

  constructor(login: Login) {
    this.#login = login
  }

  /** `n,,n=user,r=nonce` */
  first(asked: string): string {
    const bare = asked.slice(asked.indexOf('n='))
    this.#name = fields(bare).get('n') ?? ''
    const nonce = `${fields(bare).get('r')}${randomBytes(18).toString('base64')}`
    const answer = `r=${nonce},s=${this.#salt.toString('base64')},i=${iterations}`
    this.#said = `${bare},${answer}`
    return answer
  }

  /** `c=biws,r=nonce,p=proof`; undefined: refused. */
  last(asked: string): string | undefined {
    const salted = pbkdf2Sync(this.#login.password, this.#salt, iterations, 32, 'sha256')
    const said = `${this.#said},${asked.slice(0, asked.lastIndexOf(',p='))}`
    const client = hmac(salted, 'Client Key')
    const signature = hmac(createHash('sha256').update(client).digest(), said)
    const proof = Buffer.from(client.map((byte, at) => byte ^ (signature[at] ?? 0)))
    const given = Buffer.from(fields(asked).get('p') ?? '', 'base64')
    if (this.#name !== this.#login.user || given.length !== proof.length) return undefined
    return timingSafeEqual(given, proof)
      ? `v=${hmac(hmac(salted, 'Server Key'), said).toString('base64')}`
      : undefined
  }
}
