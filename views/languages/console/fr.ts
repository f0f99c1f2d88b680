// The messages of the console in French, by the part of the console that has them.
import { access } from './access/fr.ts'
import { activity } from './activity/fr.ts'
import { answers } from './answers/fr.ts'
import { apps } from './apps/fr.ts'
import { engine } from './engine/fr.ts'
import { frame } from './frame/fr.ts'
import { home } from './home/fr.ts'
import { people } from './people/fr.ts'
import { policy } from './policy/fr.ts'
import { providers } from './providers/fr.ts'
import { review } from './review/fr.ts'
import { settings } from './settings/fr.ts'
import { workloads } from './workloads/fr.ts'

export const french = {
  ...access,
  ...activity,
  ...apps,
  ...frame,
  ...home,
  ...people,
  ...providers,
  ...review,
  ...settings,
  ...workloads,
} as const

// The engine's texts first: their templates are narrower.
export const knownFrench = { ...engine, ...policy, ...answers } as const
