/** Outlines on a 24-unit square. An icon never stands without a word. */
export const icons = {
  home: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z',
  decisions: 'M12 4v16M7 20h10M5 7h14M5 7l-3 7a3.2 3.2 0 0 0 6 0zM19 7l-3 7a3.2 3.2 0 0 0 6 0z',
  rulebook: 'M5 5.5A2.5 2.5 0 0 1 7.5 3H19v15H7.5A2.5 2.5 0 0 0 5 20.5zM5 20.5A2.5 2.5 0 0 0 7.5 21H19M9.5 8h5.5',
  groups:
    'M12.3 8a3.3 3.3 0 1 1-6.6 0 3.3 3.3 0 0 1 6.6 0M2.8 20a6.2 6.2 0 0 1 12.4 0M16 5.2a3.2 3.2 0 0 1 0 6M17.5 14.3A6 6 0 0 1 21.2 20',
  record: 'M12 3 4.5 6v5.5c0 4.6 3.2 8 7.5 9.500 4.3-1.5 7.5-4.9 7.5-9.500V6zM8.8 12l2.3 2.3 4.2-4.6',
  back: 'M19 12H6M11 6.5 5.5 12l5.5 5.5',
  tick: 'M5 12.5 10 17.5 19.5 7',
} as const

/** Name of an icon. */
export type IconName = keyof typeof icons
