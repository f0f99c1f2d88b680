// The table of docs/commands.md, printed from the same definition as help.
import type { Command } from 'commander'

/** A Markdown table: a row for each command that does something. */
export function commandsTable(root: Command): string {
  const rows = leaves(root).map((command) => `| \`${usageOf(command)}\` | ${command.description()} |`)
  return ['| command | what it does |', '|---|---|', ...rows].join('\n')
}

const leaves = (command: Command): readonly Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help')
    .flatMap((child) =>
      child.commands.length === 0 || child.registeredArguments.length > 0 ? [child] : leaves(child),
    )

function usageOf(command: Command): string {
  const names: string[] = []
  for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name())
  const given = command.registeredArguments.map((one) => {
    const name = one.variadic ? `${one.name()}...` : one.name()
    return one.required ? `<${name}>` : `[${name}]`
  })
  return [...names, ...given].join(' ')
}
