// The steps of the demonstration in order, over real HTTP. The first unexpected result ends it.
import type { Narrator } from './narrator.ts'
import { createPerson, signInAsPerson } from './person.ts'
import { demonstrateReading, demonstrateRevocation, startService } from './reading.ts'
import type { Scene } from './scene.ts'
import { createRole, exchange } from './workload.ts'

export async function runStory(narrator: Narrator, scene: Scene): Promise<void> {
  const mfa = await createPerson(narrator, scene)
  await signInAsPerson(narrator, scene, mfa)
  const role = await createRole(narrator, scene)
  const documents = await startService(narrator, scene)
  const session = await exchange(narrator, scene, role)
  await demonstrateReading(narrator, documents, session)
  await demonstrateRevocation(narrator, scene, documents, session, role)
}
