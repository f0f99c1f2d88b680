// A TCP line that can be cut (nothing passes, connections hang, as behind a firewall that drops), slowed down, and made
// to lose connections. What passes keeps its order, whatever happens: so TCP has it.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Line {
  readonly port: number
  cut(): void
  /** Every chunk comes so much later; where `breaks` says so, its connection ends instead. */
  delay(ms: number, breaks?: () => boolean): void
  mend(): void
  /** The same, but nobody tells the connections of before: they hang on, as when a firewall has forgotten them. */
  mendSilently(): void
  close(): Promise<void>
}

const never = (): boolean => false

export async function openLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>()
  let cut = false
  let delay = 0
  let breaks = never
  /** Connections of an earlier era pass nothing any more. */
  let era = 0
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
  }
  const pass = (from: Socket, into: Socket) => {
    const born = era
    const onItsWay: { readonly chunk: Buffer; readonly due: number }[] = []
    const arrive = (): void => {
      const [first] = onItsWay
      if (!first) return
      const early = first.due - performance.now()
      if (early > 0) return void setTimeout(arrive, Math.ceil(early))
      onItsWay.shift()
      // What was under way when the line was cut is lost, and so the connection with it.
      if (!cut && born === era) into.write(first.chunk)
      arrive()
    }
    from.on('data', (chunk: Buffer) => {
      if (breaks()) return void from.destroy()
      onItsWay.push({ chunk, due: performance.now() + delay })
      if (onItsWay.length === 1) arrive()
    })
    from.once('close', () => into.destroy())
  }
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    track(near)
    track(far)
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const asBefore = () => {
    cut = false
    delay = 0
    breaks = never
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      cut = true
    },
    delay(ms, breaksWhen = never) {
      delay = ms
      breaks = breaksWhen
    },
    mend() {
      // Bytes are missing from what was cut: such a connection can only end.
      if (cut) for (const socket of sockets) socket.destroy()
      asBefore()
    },
    mendSilently() {
      era += 1
      asBefore()
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}
