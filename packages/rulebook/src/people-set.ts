import { assert } from '@quorate/kernel'

/**
 * A set of pseudonyms that is plain JSON, immutable and cheap to grow: a tree by hex digit with leaves of up to 16. Adding one of n copies
 * about 16·log₁₆(n/16) entries; copying an array would make a box of 40,000 ballots cost 800 million copies to replay. `root` is null where
 * somebody else holds the list and only the number is here ({@link countedOnly}): to ask such a set who is in it is a bug, and throws.
 */
export type PeopleSet = { readonly size: number; readonly root: PeopleNode | null }
type PeopleNode = readonly string[] | { readonly [digit: string]: PeopleNode }

const leafMax = 16
const isLeaf = (node: PeopleNode): node is readonly string[] => Array.isArray(node)

function rootOf({ root }: PeopleSet): PeopleNode {
  assert(root !== null, 'a set of people that is only a number is not asked who is in it')
  return root
}

/** Nobody. */
export const nobody: PeopleSet = { size: 0, root: [] }

/** Whether somebody is in the set. */
export function includesPerson(set: PeopleSet, person: string): boolean {
  let node = rootOf(set)
  for (let depth = 0; !isLeaf(node); depth++) node = childOf(node, keyAt(person, depth))
  return node.includes(person)
}

/** The set with one more; the same set when already in it. */
export const withPerson = (set: PeopleSet, person: string): PeopleSet =>
  includesPerson(set, person) ? set : { size: set.size + 1, root: added(rootOf(set), person, 0) }

/** The set without one. */
export const withoutPerson = (set: PeopleSet, person: string): PeopleSet =>
  includesPerson(set, person) ? { size: set.size - 1, root: removed(rootOf(set), person, 0) } : set

// Keys are made once: joining two texts for every step took a third of the time of a cast.
const keys: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 16 }, (_, n) => [n.toString(16), `d${n.toString(16)}`]),
)
const keyAt = (person: string, depth: number): string => {
  const digit = person[depth] ?? ''
  return keys[digit] ?? `d${digit}`
}
const nobodyHere: readonly string[] = []
// Every key begins with `d` and no name that all objects inherit does, so what is found is the node’s own.
const childOf = (node: { readonly [digit: string]: PeopleNode }, key: string): PeopleNode => node[key] ?? nobodyHere

function added(node: PeopleNode, person: string, depth: number): PeopleNode {
  if (!isLeaf(node)) {
    const key = keyAt(person, depth)
    return { ...node, [key]: added(childOf(node, key), person, depth + 1) }
  }
  if (node.length < leafMax || depth >= 32) return [...node, person]
  let split: PeopleNode = {}
  for (const one of [...node, person]) split = added(split, one, depth)
  return split
}

function removed(node: PeopleNode, person: string, depth: number): PeopleNode {
  if (isLeaf(node)) return node.filter((one) => one !== person)
  const key = keyAt(person, depth)
  return { ...node, [key]: removed(childOf(node, key), person, depth + 1) }
}

/** The set of these people, and of those in `others`. */
export const peopleIn = (people: Iterable<string>, others = nobody): PeopleSet => {
  let set = others
  for (const person of people) set = withPerson(set, person)
  return set
}

/** Only how many there are: for states kept by whoever keeps the list itself apart, so that writing one does not cost the whole list. */
export const countedOnly = ({ size }: PeopleSet): PeopleSet => ({ size, root: null })

/**
 * Who has joined and who has left between two states of one set. Parts that both share are not looked at, so that after one ballot the cost
 * is one path of the tree and not the list.
 */
export function peopleChanged(
  before: PeopleSet,
  after: PeopleSet,
): { readonly joined: readonly string[]; readonly left: readonly string[] } {
  const [old, fresh] = [rootOf(before), rootOf(after)]
  return {
    joined: apart(fresh, old).filter((person) => !includesPerson(before, person)),
    left: apart(old, fresh).filter((person) => !includesPerson(after, person)),
  }
}

/** People of `node` in parts that `other` does not share. */
function apart(node: PeopleNode, other: PeopleNode): readonly string[] {
  if (node === other) return nobodyHere
  if (isLeaf(node)) return node
  return Object.entries(node).flatMap(([key, child]) => apart(child, isLeaf(other) ? nobodyHere : childOf(other, key)))
}
