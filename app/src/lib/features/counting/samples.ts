/** A file to try the page with: invented, and small enough to read. */
export type Sample = {
  readonly id: 'committee' | 'budget' | 'grades'
  readonly name: string
  readonly text: string
  readonly method: string
  readonly given: Readonly<Record<string, string>>
}

const committee = `6 3
14 1 2 0
9 2 4 0
8 3 1 0
7 3 5 6 0
6 4 6 0
5 5 3 0
4 6 5 0
3 6 3 0
2 5 6 0
2 2 0
0
"Ruth Adeyemi"
"Shirin Begum"
"Tom Carey"
"Owain Davies"
"Mair Evans"
"Isla Fraser"
"Three seats on an invented committee"
`

const budget = `META
key;value
description;Two streets, one budget
vote_type;approval
budget;10000
PROJECTS
project_id;cost;name
1;6000;Playground
2;3500;Crossing
3;2500;Trees
4;2000;Noticeboard
VOTES
voter_id;vote
${['1,2', '1,2', '1', '2,3', '2,4', '3', '3,4', '1,3', '2', '4'].map((vote, i) => `${i + 1};${vote}`).join('\n')}
`

const grades = `count,Tuesday,Thursday,Saturday
14,5,3,0
11,2,4,5
6,,5,3
`

/** All of them, the first being the one most people come for. */
export const samples: readonly Sample[] = [
  { id: 'committee', name: 'committee.blt', text: committee, method: 'scottish-stv', given: {} },
  {
    id: 'budget',
    name: 'budget.pb',
    text: budget,
    method: 'equal-shares-budget',
    given: { worth: 'count', completion: 'utilitarian' },
  },
  { id: 'grades', name: 'meeting-day.csv', text: grades, method: 'star', given: { scale: '0-5' } },
]
