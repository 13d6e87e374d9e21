import type { Gender } from '#lib/features/membership/index.ts'

// Given and family names as they are found side by side in towns of Wales and England. The people they are put together to are invented.

/** Given names, by the gender they are given with here. */
export const givenNames: Readonly<Record<Gender, readonly string[]>> = {
  woman: (
    'Aaliyah Abigail Adaeze Agnieszka Aisha Alice Alys Amina Amy Ana Angharad Anjali Anna Anwen Ayesha Bethan Bronwen Carys Catrin Ceri ' +
    'Charlotte Chloe Claire Comfort Danuta Deborah Delyth Eilidh Eleri Elin Ellen Emily Erin Esther Ewa Faith Fatima Ffion Fiona Freya ' +
    'Gemma Grace Gwen Gwenllian Hafsa Halima Hannah Harriet Heledd Helen Ines Ioana Isla Jade Jasmine Joan Joy Julie Kasia Kavita Kayleigh ' +
    'Khadija Laura Leanne Lena Lily Lowri Lucy Mair Mali Margaret Maria Mariam Megan Mei Mercy Miriam Molly Naomi Nerys Ngozi Nicola Nina ' +
    'Olena Olivia Parveen Pauline Priya Rachel Rebecca Rhian Rhiannon Roisin Rosa Ruby Ruth Sadia Sarah Shanice Sian Sioned Sofia Sunita ' +
    'Susan Tamara Tegan Temi Teresa Valerie Wanjiru Wendy Yasmin Yvonne Zainab Zara Zofia'
  ).split(' '),
  man: (
    'Aaron Abdul Adam Ahmed Aidan Aled Alun Andrew Anthony Arjun Bilal Bogdan Bryn Callum Carl Carwyn Chidi Chinedu Christopher Ciaran ' +
    'Craig Cyril Dafydd Daniel Darren David Dewi Dominic Dylan Edward Elis Emeka Emlyn Emyr Ethan Eurig Femi Finlay Frank Gareth George ' +
    'Geraint Gethin Graham Gwyn Hamza Harri Hassan Huw Hywel Iestyn Ifan Imran Ioan Iwan Jack Jamal James Jerome John Jorge Joseph Kamal ' +
    'Karol Keith Kevin Khalid Kofi Kwame Leon Lewis Liam Llew Luca Luis Mahmoud Marcus Mark Martyn Mateusz Matthew Michael Mihai Mohammed ' +
    'Nathan Neil Nikhil Oleksandr Oliver Olu Omar Oscar Owain Patrick Paul Pavel Peter Philip Piotr Rahul Raj Rhodri Rhys Richard Robert ' +
    'Ross Ryan Samuel Sanjay Scott Sean Simon Stefan Stephen Steven Tadeusz Tariq Thomas Tomos Tudur Victor Wei William Yusuf Zac'
  ).split(' '),
  'non-binary':
    'Ash Blake Charlie Eden Ellis Emrys Frankie Jo Kai Lleu Morgan Nim Quinn Remi River Robin Rowan Sage Sam Sky'.split(' '),
}

/** Family names. */
export const familyNames: readonly string[] = (
  'Abbott Abdi Adeleke Adeyinka Ahmad Akhtar Ali Allen Amadi Andrews Ansari Appiah Ashton Bailey Baker Banerjee Barnes Bassett Begum Bell ' +
  'Bevan Bhatt Boateng Bowen Boyle Brennan Brooks Brown Bryant Burke Byrne Cadwaladr Campbell Carter Chan Chapman Charles Chaudhry Chen ' +
  'Clarke Coleman Collins Cooper Costa Cox Crowther Daniels Das Davies Dawson Desai Dhillon Diallo Doyle Duffy Dunn Ebanks Edwards Eke ' +
  'Ellis Evans Farah Fernandes Ferreira Fisher Fleming Ford Foster Francis Fraser Gallagher Garner George Gibson Gill Goodwin Gordon ' +
  'Graham Grant Gray Green Greene Griffiths Grover Gunn Hale Hamilton Harding Harper Harris Hassan Hayes Haynes Hill Hopkins Howells ' +
  'Hughes Humphreys Hunt Hussain Ibrahim Iqbal Jackson James Jenkins Johal John Jones Joseph Kamara Kaur Kelly Kendall Kent Khan Kowalczyk ' +
  'Kumar Lane Lawson Leigh Lewis Llewellyn Lloyd Lopez Ludlow Mahmood Malik Mann Marsh Martin Mason Matthews McCarthy McKenna Mehta Mensah ' +
  'Meredith Miller Mills Mistry Moore Morgan Morris Mortimer Murphy Nash Ndlovu Nelson Newman Nguyen Nowak Nwosu Obi Odell Ogden Okeke ' +
  'Okonkwo Oliver Osei Osman Owen Owens Palmer Parker Parry Patel Pearce Penry Perera Perkins Phillips Popescu Powell Price Prosser Pugh ' +
  'Qureshi Rahman Rana Rees Reynolds Richards Roberts Robson Rodrigues Rogers Rowlands Russell Saleh Santos Saunders Shah Sharma Shaw ' +
  'Sheikh Simmons Singh Smith Spencer Stone Sullivan Suleiman Szymanski Tanner Taylor Thapa Thomas Thompson Tran Trevor Tucker Turner Uddin ' +
  'Vaughan Walker Wang Ward Watkins Watson Webb White Wilkinson Williams Wilson Wong Wood Wright Wynne Yates Young Zaman Zielinski'
).split(' ')

/** The 14 groups: name and where it is. Nia belongs to Riverside. */
export const groupNames: readonly (readonly [name: string, area: string])[] = [
  ['Riverside', 'The old docks and the Mills'],
  ['Cwm Taf', 'The valley from the weir to the pit head'],
  ['Harrow Dale', 'Harrow Dale and the moor villages'],
  ['Northgate', 'Northgate, the station and the market'],
  ['Castle Hill', 'The old town and the university'],
  ['Saltmarsh', 'The coast from the pier to the lighthouse'],
  ['Bryn Mawr', 'Bryn Mawr and the upper valley'],
  ['Eastfield', 'Eastfield estate and the ring road'],
  ['Weaverham', 'Weaverham and the canal'],
  ['Aberlas', 'Aberlas and the ferry'],
  ['Foundry Lane', 'The foundries and the terraces'],
  ['Pen y Bont', 'The bridge and both banks'],
  ['Stonebridge', 'Stonebridge, the hospital and the park'],
  ['Everywhere Else', 'Members who live far from any group; it meets online'],
]
