// The made-up people who can sign in at the stand's Gosuslugi. Their `sub` never changes, so each stays the same person between starts.
// Their SNILS begin with 999, which is never issued, and have a valid checksum.
type Gender = 'male' | 'female';

/** What happens when this person signs in: `refuses` at the page, `slow` and `fails` at the token endpoint. */
type Manner = 'signsIn' | 'refuses' | 'slow' | 'fails';

export interface Person {
  readonly sub: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string;
  /** Calendar date, YYYY-MM-DD. */
  readonly birthdate: string;
  readonly gender: Gender;
  readonly snils: string;
  readonly phone: string;
  readonly email?: string;
  /** A confirmed account: a state office has checked this person's passport. */
  readonly trusted: boolean;
  readonly manner: Manner;
}

type Sketch = Omit<Person, 'sub' | 'snils' | 'phone' | 'trusted' | 'manner'> & Partial<Pick<Person, 'trusted' | 'manner'>>;

const sketches: readonly Sketch[] = [
  { familyName: 'Тестова', givenName: 'Анна', middleName: 'Петровна', birthdate: '1958-03-14', gender: 'female', email: 'anna@example.ru' },
  { familyName: 'Пробников', givenName: 'Игорь', middleName: 'Львович', birthdate: '1981-06-02', gender: 'male', email: 'igor@example.ru' },
  {
    familyName: 'Наброскова',
    givenName: 'Зоя',
    middleName: 'Ильинична',
    birthdate: '1973-09-21',
    gender: 'female',
    email: 'zoya@example.ru',
  },
  { familyName: 'Макетов', givenName: 'Лев', middleName: 'Борисович', birthdate: '1994-01-30', gender: 'male', email: 'lev@example.ru' },
  { familyName: 'Эскизова', givenName: 'Нина', middleName: 'Юрьевна', birthdate: '1966-04-08', gender: 'female', email: 'nina@example.ru' },
  { familyName: 'Условнов', givenName: 'Пётр', middleName: 'Андреевич', birthdate: '1987-11-17', gender: 'male', email: 'petr@example.ru' },
  {
    familyName: 'Моделева',
    givenName: 'Вера',
    middleName: 'Олеговна',
    birthdate: '1990-07-25',
    gender: 'female',
    email: 'vera@example.ru',
  },
  { familyName: 'Шаблонов', givenName: 'Сергей', middleName: 'Ильич', birthdate: '1979-12-05', gender: 'male', email: 'sergey@example.ru' },
  { familyName: 'Первый', givenName: 'Тест', middleName: 'Тестович', birthdate: '1985-01-01', gender: 'male', email: 'test1@example.ru' },
  {
    familyName: 'Вторая',
    givenName: 'Проба',
    middleName: 'Тестовна',
    birthdate: '1992-02-02',
    gender: 'female',
    email: 'test2@example.ru',
  },
  { familyName: 'Третий', givenName: 'Тест', middleName: 'Тестович', birthdate: '1970-03-03', gender: 'male', email: 'test3@example.ru' },
  {
    familyName: 'Четвёртая',
    givenName: 'Проба',
    middleName: 'Тестовна',
    birthdate: '2001-04-04',
    gender: 'female',
    email: 'test4@example.ru',
  },
  {
    familyName: 'Черновикова',
    givenName: 'Кира',
    middleName: 'Павловна',
    birthdate: '1996-05-19',
    gender: 'female',
    email: 'kira@example.ru',
    trusted: false,
  },
  { familyName: 'Безпочтов', givenName: 'Олег', middleName: 'Иванович', birthdate: '1963-10-12', gender: 'male' },
  {
    familyName: 'Отказов',
    givenName: 'Фёдор',
    middleName: 'Кириллович',
    birthdate: '1988-08-08',
    gender: 'male',
    email: 'fedor@example.ru',
    manner: 'refuses',
  },
  {
    familyName: 'Медленный',
    givenName: 'Тихон',
    middleName: 'Тимофеевич',
    birthdate: '1955-02-27',
    gender: 'male',
    email: 'tikhon@example.ru',
    manner: 'slow',
  },
  {
    familyName: 'Сбоев',
    givenName: 'Сбой',
    middleName: 'Сбоевич',
    birthdate: '1999-09-09',
    gender: 'male',
    email: 'sboy@example.ru',
    manner: 'fails',
  },
];

export const people: readonly Person[] = sketches.map((sketch, index) => ({
  trusted: true,
  manner: 'signsIn',
  ...sketch,
  sub: String(1_000_000_001 + index),
  snils: snilsOf(index + 1),
  phone: `+7000000${String(index + 1).padStart(4, '0')}`,
}));

export const personBy = (sub: string): Person | undefined => people.find(person => person.sub === sub);

/** Makes a SNILS with its checksum: digits by weights 9 to 1, modulo 101, and 100 counts as 0 (decree 1-П of the Pension Fund, 2006). */
function snilsOf(number: number): string {
  const digits = `999000${String(number).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0) % 101;
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)} ${String(sum % 100).padStart(2, '0')}`;
}
