import { catalogue } from '#lib/platform/words.ts'

/** Words of the group pages. */
export const messages = catalogue(
  {
    title: 'Groups',
    lede: '{groups, plural, one {# local group} other {# local groups}}, {members, number} members. Each runs itself under rule 3.2.',
    yours: 'Your group',
    all: 'All groups',
    members: '{n, plural, one {# member} other {# members}}',
    secretary: 'Secretary',
    'no-secretary': 'No one at the moment',
    area: 'Where',
    size: 'Members who can vote',
    back: 'All groups',
    'you-belong': 'You belong to this group.',
    'nothing-yet': 'Nothing is planned here yet. When this group calls a meeting or an event, it will be on this page.',
    planned: 'Meetings and events',
    'not-found': 'There is no group of that name.',
  },
  {
    title: 'Grwpiau',
    lede: '{groups, plural, one {# grŵp lleol} two {# grŵp lleol} few {# grŵp lleol} many {# grŵp lleol} other {# grŵp lleol}}, {members, number} o aelodau. Mae pob un yn ei redeg ei hun dan reol 3.2.',
    yours: 'Eich grŵp chi',
    all: 'Pob grŵp',
    members: '{n, plural, one {# aelod} other {# aelod}}',
    secretary: 'Ysgrifennydd',
    'no-secretary': 'Neb ar hyn o bryd',
    area: 'Ble',
    size: 'Aelodau sy’n cael pleidleisio',
    back: 'Pob grŵp',
    'you-belong': 'Rydych chi’n perthyn i’r grŵp hwn.',
    'nothing-yet': 'Does dim wedi’i drefnu yma eto. Pan fydd y grŵp hwn yn galw cyfarfod neu ddigwyddiad, bydd ar y dudalen hon.',
    planned: 'Cyfarfodydd a digwyddiadau',
    'not-found': 'Does dim grŵp o’r enw hwnnw.',
  },
)
