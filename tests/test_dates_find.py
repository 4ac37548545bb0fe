"""What is found and what it means, case by case. All sentences are the project's own."""

from dataclasses import replace
from datetime import date

import pytest
from articles import article

from pipeline.dates import find_dates
from pipeline.dates.find import read_dates
from pipeline.dates.outlets import day_comes_first
from pipeline.parse import parse_text
from pipeline.vocabulary import Anchor, Precision, TimexType

WEDNESDAY = date(2023, 3, 1)


def find(text, published=WEDNESDAY):
    return find_dates(article(text, published), parse_text(text))


def values(text, published=WEDNESDAY, **settings):
    return [(f.text, m.value) for f, m in read_dates(text, parse_text(text), published, **settings)]


CASES = [
    # weekdays, by tense; published on Wednesday, 1 March 2023
    ("The minister resigned on Wednesday.", [("Wednesday", "2023-03-01")], "a weekday that is today's is today"),
    ("The minister resigned on Monday.", [("Monday", "2023-02-27")], "past: the last one"),
    ("The minister will resign on Monday.", [("Monday", "2023-03-06")], "future: the next one"),
    ("The two are scheduled to meet on Friday.", [("Friday", "2023-03-03")], "planned: the next one"),
    ("The envoy plans to leave on Friday.", [("Friday", "2023-03-03")], "planned: the next one"),
    ("He rejected Tuesday's offer.", [("Tuesday", "2023-02-28")], "known already"),
    ("The deadline was extended until Friday.", [("Friday", "2023-03-03")], "until puts it ahead"),
    ("Protesters stayed until nearly 2 a.m. on Friday.", [("nearly 2 a.m. on Friday", "2023-02-24T02:00")], "past"),
    ("Trading is to resume on Friday.", [("Friday", "2023-03-03")], "what is to be"),
    ("He is thought to have left on Monday.", [("Monday", "2023-02-27")], "'to have' lies behind"),
    ("The ban could last until autumn, he said.", [("autumn", "2023-FA")], "what could be until then lies ahead"),
    ("The army spokesman Sunday Okafor resigned.", [], "a given name"),
    (
        "The fair ran from Monday to Friday.",
        [("Monday", "2023-02-20"), ("Friday", "2023-02-24")],
        "both ends lie behind",
    ),
    (
        "The fair will run from Monday to Friday.",
        [("Monday", "2023-03-06"), ("Friday", "2023-03-10")],
        "both ends lie ahead",
    ),
    (
        "In 2010, he was arrested in May and freed on Friday, July 2.",
        [("2010", "2010"), ("May", "2010-05"), ("Friday, July 2", "2010-07-02")],
        "the year at the head of the sentence",
    ),
    ("Next year's meeting is on Jan. 15.", [("Next year", "2024"), ("Jan. 15", "2024-01-15")], "the year at the head"),
    ("The FY24 budget rises.", [("The FY24", "2024")], "a year of books in two figures"),
    ("In the decade since the war, prices doubled.", [("the decade", "P10Y")], "since: a length"),
    (
        "On Feb. 24, 2022, it began. A year on, it goes on.",
        [("Feb. 24, 2022", "2022-02-24"), ("A year", "P1Y")],
        "not 2022 a year",
    ),
    (
        "It began on Monday. At 4 p.m. the next day it ended.",
        [("Monday", "2023-02-27"), ("4 p.m. the next day", "2023-02-28T16:00")],
        "next to the day told",
    ),
    ("He resigned the day after Christmas.", [("the day after Christmas", "2022-12-26")], "a day beside a feast"),
    ("It rained the day before last Friday.", [("the day before last Friday", "2023-02-23")], "a day beside a weekday"),
    ("He gave up shortly before midnight.", [("midnight", "2023-02-28T24:00")], "past: the end of the day before"),
    ("This past weekend they met.", [("This past weekend", "2023-W08-WE")], "this past is the last"),
    ("They met on Tuesday of last week.", [("Tuesday of last week", "2023-02-21")], "a day of a week"),
    ("They met a week ago Monday.", [("a week ago Monday", "2023-02-20")], "beside the last Monday"),
    ("They meet two weeks from today.", [("two weeks from today", "2023-03-15")], "beside today"),
    ("They met two Fridays ago.", [("two Fridays ago", "2023-02-17")], "the second one back"),
    ("He warned that Monday's talks would fail.", [("Monday", "2023-03-06")], "a conjunction before it"),
    ("They met last Friday.", [("last Friday", "2023-02-24")], "strictly before"),
    ("They met last Wednesday.", [("last Wednesday", "2023-02-22")], "last is never today"),
    ("They will meet next Wednesday.", [("next Wednesday", "2023-03-08")], "next is never today"),
    # months and days without a year: the nearest that the tense allows
    ("The law passed on March 3.", [("March 3", "2023-03-03")], "two days ahead is not a year back"),
    ("The law passed on December 31.", [("December 31", "2022-12-31")], "two months back is not ten months ahead"),
    ("The law passed on Feb. 24.", [("Feb. 24", "2023-02-24")], "abbreviated with a full stop"),
    ("The law passed on 24 February.", [("24 February", "2023-02-24")], "day before month"),
    ("The law passed on the 24th of February, 2022.", [("the 24th of February, 2022", "2022-02-24")], "all in words"),
    ("The law passed in November.", [("November", "2022-11")], "past: the last one"),
    ("The law will pass in November.", [("November", "2023-11")], "future: the next one"),
    ("The law passed on Friday, February 24.", [("Friday, February 24", "2023-02-24")], "one expression"),
    ("The law will take effect in January.", [("January", "2024-01")], "what will be is not two months back"),
    (
        "He was elected in November 2020 and took office the following January.",
        [("November 2020", "2020-11"), ("the following January", "2021-01")],
        "the next one from the date before it",
    ),
    (
        "The fair ran from the 4th to the 9th of May 2019.",
        [("the 4th", "2019-05-04"), ("the 9th of May 2019", "2019-05-09")],
        "ordinals",
    ),
    (
        "They will vote in November, on Election Day.",
        [("November", "2023-11"), ("Election Day", "2023-11-07")],
        "a Tuesday, never the 1st",
    ),
    ("It froze in mid-January.", [("mid-January", "2023-01")], "a month, no more"),
    ("The camp shut in early May 2019.", [("early May 2019", "2019-05")], "a month with its year"),
    # weeks, months, quarters, seasons, years
    ("Prices fell last week.", [("last week", "2023-W08")], "the week before"),
    ("Prices fell earlier this month.", [("earlier this month", "2023-03")], "this month"),
    ("Prices fell late last year.", [("late last year", "2022")], "last year"),
    ("Profit fell in the fourth quarter.", [("the fourth quarter", "2022-Q4")], "the last one begun"),
    ("Profit fell in the first half of 2019.", [("the first half of 2019", "2019-H1")], "half a year"),
    ("The bank cut rates the week before last.", [("the week before last", "2023-W07")], "two weeks back"),
    (
        "Output fell last year but not the year before.",
        [("last year", "2022"), ("the year before", "2021")],
        "a year back from the one before it",
    ),
    ("In the week to Feb. 25 it rained.", [("the week to Feb. 25", "2023-W08")], "the week that holds the day"),
    ("In the last week of January it rained.", [("January", "2023-01")], "no week before this one"),
    ("Profit fell in the first 2022 quarter.", [("the first 2022 quarter", "2022-Q1")], "the year between"),
    ("Profit in 4Q 2022 fell. Q1 will be better.", [("4Q 2022", "2022-Q4"), ("Q1", "2023-Q1")], "in signs"),
    ("They fought in the autumn in the hills.", [("the autumn", "2022-FA")], "a place behind it"),
    ("It was rebuilt in the 14th and 15th centuries.", [("the 14th", "13"), ("15th centuries", "14")], "two centuries"),
    ("Output is below 2019 levels.", [("2019", "2019")], "levels are not counted"),
    ("The firm's 2019 results were poor.", [("2019", "2019")], "behind a possessive"),
    ("Snow fell over the weekend.", [("the weekend", "2023-W08-WE")], "the one before"),
    ("They met last summer.", [("last summer", "2022-SU")], "the summer before"),
    ("They met in the summer of 2019.", [("the summer of 2019", "2019-SU")], "with its year"),
    ("It was common in the 1990s.", [("the 1990s", "199")], "a decade"),
    ("It was common in the late '80s.", [("the late '80s", "198")], "a decade, short"),
    ("It dates from the 18th century.", [("the 18th century", "17")], "a century"),
    ("He has ruled since 2019.", [("2019", "2019")], "a year"),
    ("The firm lost money in fiscal 2019.", [("fiscal 2019", "2019")], "a year of books"),
    # counting from the publication day, and from the text
    ("The bridge fell three days ago.", [("three days ago", "2023-02-26")], "days"),
    ("The bridge fell two years ago.", [("two years ago", "2021")], "years are no days"),
    (
        "He arrived on 5 March 2022 and left three days later.",
        [("5 March 2022", "2022-03-05"), ("three days later", "2022-03-08")],
        "from the text",
    ),
    (
        "He arrived on 5 March 2022. He left the following day.",
        [("5 March 2022", "2022-03-05"), ("the following day", "2022-03-06")],
        "from the text",
    ),
    ("He arrived in 1998 and died the same year.", [("1998", "1998"), ("the same year", "1998")], "from the text"),
    ("It was signed 55 years ago this week.", [("55 years ago this week", "1968-W09")], "with the week"),
    (
        "The king fled in 1997. Two years before, he had won.",
        [("1997", "1997"), ("Two years before", "1995")],
        "from the text",
    ),
    ("Two years before the vote, he had won.", [("Two years", "P2Y")], "from an event: a length"),
    # parts of the day, times
    (
        "The siren went at 9:20 a.m. (0820 GMT) Friday.",
        [("9:20 a.m.", "2023-02-24T09:20"), ("0820 GMT", "2023-02-24T08:20Z"), ("Friday", "2023-02-24")],
        "the day behind a time",
    ),
    (
        "It opened at 7 p.m., and on Friday it shut.",
        [("7 p.m.", "2023-03-01T19:00"), ("Friday", "2023-02-24")],
        "another clause",
    ),
    ("The train left at 22:45 on Monday night.", [("22:45 on Monday night", "2023-02-27T22:45")], "one expression"),
    ("He spoke on Christmas morning.", [("Christmas morning", "2022-12-25TMO")], "of a feast"),
    (
        "They met on Monday, though he had left the night before.",
        [("Monday", "2023-02-27"), ("the night before", "2023-02-26TNI")],
        "before the day of the text",
    ),
    (
        "They will meet on Friday. He spoke on Monday, and the following morning he left.",
        [("Friday", "2023-03-03"), ("Monday", "2023-02-27"), ("the following morning", "2023-02-28TMO")],
        "from the day told last",
    ),
    (
        "He spoke on Monday. They will meet on Friday. The following morning, he left.",
        [("Monday", "2023-02-27"), ("Friday", "2023-03-03"), ("The following morning", "2023-02-28TMO")],
        "what is past does not follow what is ahead",
    ),
    ("Shares fell in morning trading.", [("morning", "2023-03-01TMO")], "without an article"),
    (
        "On Monday it was calm; by the evening, it was not.",
        [("Monday", "2023-02-27"), ("the evening", "2023-02-27TEV")],
        "the day of the text",
    ),
    ("The next morning, the road reopened.", [("The next morning", "XXXX-XX-XXTMO")], "next to a day that is not told"),
    ("Shots were heard late on Tuesday night.", [("late on Tuesday night", "2023-02-28TNI")], "a part of a day"),
    ("Shots were heard early this morning.", [("early this morning", "2023-03-01TMO")], "a part of today"),
    ("Shots were heard last night.", [("last night", "2023-02-28TNI")], "the night before"),
    ("Polls close at 5 p.m. on Sunday.", [("5 p.m. on Sunday", "2023-03-05T17:00")], "a time on a day"),
    ("The quake struck at 10:30 GMT.", [("10:30 GMT", "2023-03-01T10:30Z")], "in universal time"),
    ("The quake struck at noon on Tuesday.", [("noon on Tuesday", "2023-02-28T12:00")], "noon"),
    ("The quake struck at 12:05 a.m. on Tuesday.", [("12:05 a.m. on Tuesday", "2023-02-28T00:05")], "after midnight"),
    # lengths and habits
    ("The siege lasted twenty-four days.", [("twenty-four days", "P24D")], "a number in words"),
    ("The siege lasted two and a half years.", [("two and a half years", "P2Y6M")], "and a half"),
    ("He was jailed for two-and-a-half years.", [("two-and-a-half years", "P2Y6M")], "and a half, hyphened"),
    ("Half an hour later, it fell.", [("Half an hour later", "PT30M")], "from a time that is not told: a length"),
    ("Fewer came than in the six previous months.", [("the six previous months", "P6M")], "the number before"),
    ("The talks took four tense days.", [("four tense days", "P4D")], "an adjective between"),
    ("They work seven days a week.", [("seven days", "P7D"), ("a week", "P1W")], "a rate in words"),
    ("It ended a yearlong feud.", [("yearlong", "P1Y")], "in one word"),
    ("They meet every second Thursday.", [("every second Thursday", "XXXX-WXX-4")], "no second of time"),
    ("The siege lasted more than 100 hours.", [("more than 100 hours", "PT100H")], "hours"),
    ("A five-year plan was drawn up.", [("five-year", "P5Y")], "an adjective"),
    ("Prices rose over the past three years.", [("the past three years", "P3Y")], "up to now"),
    ("The fund pays $50 a month.", [("a month", "P1M")], "a rate"),
    ("They strike every Friday.", [("every Friday", "XXXX-WXX-5")], "a habit"),
    ("The report appears weekly.", [("weekly", "P1W")], "a habit"),
    # ranges
    ("The summit ran from March 3-5, 2022.", [("March 3", "2022-03-03"), ("5, 2022", "2022-03-05")], "days"),
    ("The war of 1914-18 ruined it.", [("1914", "1914"), ("18", "1918")], "years"),
    ("It froze in January and February 2019.", [("January", "2019-01"), ("February 2019", "2019-02")], "months"),
    (
        "The camp ran from December 30 to January 2.",
        [("December 30", "2022-12-30"), ("January 2", "2023-01-02")],
        "over the year's end",
    ),
    (
        "Growth slowed in the November-January period.",
        [("November", "2022-11"), ("January", "2023-01")],
        "over the year's end",
    ),
    ("The 2012/13 season was poor.", [("2012", "2012"), ("13", "2013")], "a season"),
    ("The 1999-00 season was poor.", [("1999", "1999"), ("00", "2000")], "over the century's end"),
    ("It was filed on 2022/03/12.", [("2022/03/12", "2022-03-12")], "the year first"),
    ("It topped 1981's total.", [("1981", "1981")], "a year that owns something"),
    ("It broke the 1994 Budapest accords.", [("1994", "1994")], "a year before a name"),
    ("The 1992 protests ended it.", [("1992", "1992")], "a year before a plural"),
    ("Guns have been silent since the April 3 truce.", [("April 3", "2022-04-03")], "what has begun is past"),
    # what else is told decides
    (
        "The hearing is on Thursday, November 2.",
        [("Thursday, November 2", "2023-11-02")],
        "the year in which it is one",
    ),
    ("The hearing was on Thursday, March 3.", [("Thursday, March 3", "2022-03-03")], "the year in which it is one"),
    ("The rule takes effect on July 1.", [("July 1", "2023-07-01")], "what takes effect is ahead"),
    ("It was signed half a century ago.", [("half a century ago", "1973")], "half of a hundred years"),
    ("It was signed in the early 2000s.", [("the early 2000s", "200")], "a decade"),
    ("It was signed in the 1800s.", [("the 1800s", "18")], "a century"),
    ("Sales rose in Q1 2022.", [("Q1 2022", "2022-Q1")], "a quarter in a sign"),
    ("They vote on the first Sunday in May.", [("the first Sunday in May", "2023-05-07")], "counted in its month"),
    ("The Sept. 11 attacks changed it.", [("Sept. 11", "2001-09-11")], "a name of a day"),
    ("The town burned in AD 79 and fell in 44 BC.", [("AD 79", "0079"), ("44 BC", "BC0044")], "eras"),
    # days of a month that is not told
    ("The envoys return on the 24th.", [("the 24th", "2023-03-24")], "future: the next one"),
    ("The envoys returned on the 24th.", [("the 24th", "2023-02-24")], "past: the last one"),
    ("On the ninth, the pumps failed.", [("the ninth", "2023-02-09")], "in words"),
    (
        "The siege began in May 1807. On the 24th, a gate fell.",
        [("May 1807", "1807-05"), ("the 24th", "1807-05-24")],
        "of the month told, where that is long past",
    ),
    (
        "The siege began on 28 May 1807. On the 3rd, a gate fell.",
        [("28 May 1807", "1807-05-28"), ("the 3rd", "1807-06-03")],
        "an earlier day is of the month behind it",
    ),
    # over the turn of the year, and of the century
    ("The reservoir ran dry in the winter of 2021-22.", [("the winter of 2021-22", "2021-WI")], "one winter"),
    (
        "It was carved in the 5th and 6th centuries BC.",
        [("the 5th", "BC04"), ("6th centuries BC", "BC05")],
        "both before our era",
    ),
    ("The rent is due on the first day of May.", [("the first day of May", "2023-05-01")], "counted in its month"),
    ("It was sold on the last day of 2019.", [("the last day of 2019", "2019-12-31")], "of a year"),
    ("The decree is of the 40th day of May.", [("the 40th day of May", None)], "no such day: kept, not resolved"),
    (
        "In 1968 the party met in a hall; it lost that November.",
        [("1968", "1968"), ("that November", "1968-11")],
        "of the year told",
    ),
    # two weekdays
    (
        "The envoys met on Wednesday and Thursday.",
        [("Wednesday", "2023-02-22"), ("Thursday", "2023-02-23")],
        "the second follows the first",
    ),
    (
        "The envoys will meet on Wednesday and Thursday.",
        [("Wednesday", "2023-03-01"), ("Thursday", "2023-03-02")],
        "both lie ahead",
    ),
    (
        "The envoys met on Tuesday and Monday.",
        [("Tuesday", "2023-02-28"), ("Monday", "2023-02-27")],
        "told backwards: each the last one",
    ),
    (
        "The ferry sails on Monday and Tuesday nights.",
        [("Monday", "XXXX-WXX-1TNI"), ("Tuesday nights", "XXXX-WXX-2TNI")],
        "two habits",
    ),
    (
        "The bar closes at 11pm on Fridays.",
        [("11pm on Fridays", "XXXX-WXX-5T23:00")],
        "a habit with its time, of no day",
    ),
    ("The bell rings at noon every Sunday.", [("noon every Sunday", "XXXX-WXX-7T12:00")], "a habit with its time"),
    # counted from a day that is like today
    ("The pact was signed ten years ago today.", [("ten years ago today", "2013-03-01")], "a day"),
    ("The pact was signed ten years ago this month.", [("ten years ago this month", "2013-03")], "a month"),
    ("The pact was signed two years ago last May.", [("two years ago last May", "2021-05")], "a month by its name"),
    ("She will step down in two weeks' time.", [("two weeks' time", "2023-W11")], "ahead"),
    ("She will step down in a year’s time.", [("a year’s time", "2024")], "ahead, with a curly apostrophe"),
    ("She took three towns in a year's time.", [("a year's time", "P1Y")], "past: a length"),
    ("Last year’s fourth quarter was poor.", [("Last year’s fourth quarter", "2022-Q4")], "a curly apostrophe"),
    ("The half-hour show is over.", [("The half-hour", "PT30M")], "half of one"),
    (
        "The bell rang at ten o'clock at night.",
        [("ten o'clock at night", "2023-03-01T22:00")],
        "by the part of the day",
    ),
    ("The bell rang at two o'clock at night.", [("two o'clock at night", "2023-03-01T02:00")], "before the morning"),
    (
        "The envoys meet next Friday. A day earlier, six had been held.",
        [("next Friday", "2023-03-03"), ("A day earlier", "2023-02-28")],
        "what is past does not count from what is ahead",
    ),
    # figures that are compared
    (
        "Profit fell in the fourth quarter. For the quarter a year ago, it rose.",
        [("the fourth quarter", "2022-Q4"), ("the quarter a year ago", "2021-Q4")],
        "the same quarter, a year back",
    ),
    ("Profit matched the year-earlier nine months.", [("the year-earlier nine months", "P9M")], "a length"),
    (
        "Fourth-quarter profit fell. It may fall through the first two quarters of 2024, and into the third "
        "quarter of 2024. In the year-ago period, it rose.",
        [
            ("Fourth-quarter", "2022-Q4"),
            ("the first two quarters", "P2Q"),
            ("2024", "2024"),
            ("the third quarter of 2024", "2024-Q3"),
            ("the year-ago period", "2021-Q4"),
        ],
        "what is forecast is not what is reported on",
    ),
    # the time that a phrase points to
    ("The harbour was calm again by mid-afternoon.", [("mid-afternoon", "2023-03-01TAF")], "a part without an article"),
    ("It was the worst frost of the past century.", [("the past century", "P100Y")], "up to now"),
    ("The clerk will one day lead the firm.", [("one day", "FUTURE_REF")], "some day to come"),
    ("The clerks had left a few hours earlier.", [("a few hours earlier", "PTXH")], "from a time that is not told"),
    ("The novel speaks to today's teenagers.", [("today", "PRESENT_REF")], "those of our time"),
    ("These are the cities of tomorrow.", [("tomorrow", "FUTURE_REF")], "those to come"),
    ("The novel speaks of today's vote.", [("today", "2023-03-01")], "a vote is of a day"),
    (
        "The last race was the Saturday before Christmas.",
        [("Saturday", "2023-02-25"), ("Christmas", "2022-12-25")],
        "past",
    ),
    # feasts
    ("The truce held on Christmas Day.", [("Christmas Day", "2022-12-25")], "a fixed feast"),
    ("The truce held on Easter Sunday 2021.", [("Easter Sunday 2021", "2021-04-04")], "a movable feast"),
    ("Shops will open on Good Friday.", [("Good Friday", "2023-04-07")], "a movable feast ahead"),
    # vague
    ("Prices are now higher.", [("now", "PRESENT_REF")], "now"),
    ("The current crisis is worse.", [("current", "PRESENT_REF")], "set against those before"),
    ("Prices have risen recently.", [("recently", "PAST_REF")], "recently"),
    ("There may be a deal in the near future.", [("the near future", "FUTURE_REF")], "to come"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES)
def test_a_time_expression_is_found_and_resolved(text, expected, reason):
    assert values(text) == expected, reason


NOT_DATES = [
    ("Talks may resume, she said.", "may is a verb"),
    ("Theresa May lost the vote.", "May is a name"),
    ("May said the plan was dead.", "May is a name"),
    ("Police will march on the palace.", "march is a verb"),
    ("The March on Washington drew thousands.", "a demonstration"),
    ("The Sun printed the story.", "a newspaper"),
    ("The Sun sat low over the bay.", "a star, and a verb"),
    ("The committee took up H.R. 2024 at once.", "a bill"),
    ("Officers seized 2,024 rifles.", "a count"),
    ("Some 1900 soldiers fled.", "a count"),
    ("The fund paid $2019 to each.", "money"),
    ("The second man fled.", "an ordinal"),
    ("Prices fall when demand is weak.", "fall is a verb"),
    ("The fall of the government came as no surprise.", "a collapse"),
    ("She won 3-2 and went home.", "a score"),
    ("They sat down with April Jones.", "a first name"),
    ("A six-year-old boy was found.", "an age"),
    ("She was in her early 30s.", "an age"),
    ("They sold Christmas trees.", "things named for a feast"),
    ("Voters chose on Super Tuesday.", "a name of a day that is not this week's"),
    ("The council meets in Room 2019.", "a label"),
    ("It was on NBC Nightly News.", "a programme"),
    ("She was named Woman of the Year.", "a prize"),
    ("The night air was cold.", "a kind of air"),
    ("Nobody did so in the past nine elections.", "past counts elections"),
    ("Three-quarters of the seats were empty.", "a fraction"),
    ("Sales fell by a quarter.", "a fraction"),
    ("The reformers carried the day.", "an idiom"),
    ("It rained on a day when nobody was out.", "a day of many"),
    ("She told “Focus News Sunday” so.", "a programme"),
    ("She was on “60 Minutes.”", "a programme of a length"),
    ("One day, she left.", "some day"),
    ("It beat its 1987 quarter high.", "no length of 1987 quarters"),
    ("She was on “Focus News Sunday,” he said.", "a programme, with a comma"),
    ("She was a guest of Larry Nowak Now.", "a programme"),
    ("The MOS chip failed.", "a sign that is no 'mos'"),
    ("The flat is on the 24th floor.", "a floor"),
    ("She made a bogey on the ninth.", "a hole of a golf course"),
    ("She came in on the fifth of ten trains.", "a train"),
    ("Now the firm looks for a buyer.", "a word that leads on"),
    ("Their current plan is too dear.", "a plan that is told apart, no time"),
    ("Rates stay low for the foreseeable future.", "no time of which anything is known"),
    ("The daily Trybuna printed the letter.", "a newspaper"),
    ("She hopes to one day lead the party.", "some day"),
    ("One day the dam broke.", "some day"),
    ("It was a difficult day for the bank.", "a kind of day"),
    ("She recalled the day the war ended.", "the day that a clause tells"),
    ("Police released tapes from the night the ferry sank.", "the night that a clause tells"),
    ("At the end of the day, votes count.", "an idiom"),
    ("The link is pic.example.org/P2qpm3h3Pm.", "a number within a word"),
    ("They were shown High Noon in the barn.", "a film"),
    ("Every second house was empty.", "an ordinal"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_DATES)
def test_what_only_looks_like_a_date_is_left_out(text, reason):
    assert values(text) == [], reason


def test_a_campaign_bus_has_a_year_and_a_bill_has_none():
    assert values("The 2024 campaign bus left.") == [("2024", "2024")]


UNDATED = [
    ("It happened on February 24.", "February 24", "XXXX-02-24", "XXXX-02-24"),
    ("It happened in February.", "February", "XXXX-02", "XXXX-02"),
    ("It happened on Friday.", "Friday", "XXXX-WXX-5", None),
    ("It happened yesterday.", "yesterday", "XXXX-XX-XX", None),
    ("It happened last week.", "last week", "XXXX-WXX", None),
    ("It happened last year.", "last year", "XXXX", None),
    ("It happened three days ago.", "three days ago", "XXXX-XX-XX", None),
    ("It happened last summer.", "last summer", "XXXX-SU", "XXXX-22"),
    ("It happened on Christmas Eve.", "Christmas Eve", "XXXX-12-24", "XXXX-12-24"),
]


@pytest.mark.parametrize(("text", "words", "value", "edtf"), UNDATED)
def test_an_undated_article_resolves_nothing_against_a_day_it_does_not_have(text, words, value, edtf):
    (row,) = find(text, None)
    assert (row.text, row.timex_value, row.edtf) == (words, value, edtf)
    assert (row.date_from, row.date_to, row.anchor, row.anchor_date) == (None, None, Anchor.NONE, None)


def test_a_dated_article_resolves_the_same_words():
    (row,) = find("It happened on February 24.")
    assert (row.edtf, row.date_from, row.date_to) == ("2023-02-24", date(2023, 2, 24), date(2023, 2, 24))
    assert (row.anchor, row.anchor_date, row.precision) == (Anchor.PUBLISHED, WEDNESDAY, Precision.DAY)


def test_a_full_date_needs_no_anchor():
    (row,) = find("It happened on February 24, 2022.", None)
    assert (row.date_from, row.anchor, row.anchor_date) == (date(2022, 2, 24), Anchor.ABSOLUTE, None)


@pytest.mark.parametrize(
    "text",
    [
        "It happened on Feb. 30.",
        "It happened on 31 April 2022.",
        "It happened on Feb. 29, 2023.",
        "It happened on Feb. 29 '23.",
    ],
)
def test_a_day_that_does_not_exist_is_kept_and_not_resolved(text):
    (row,) = find(text)
    assert row.timex_type is TimexType.DATE
    assert (row.timex_value, row.edtf, row.date_from, row.date_to) == (None, None, None, None)
    assert row.precision is Precision.NONE


OPEN = [
    ("He has ruled since 2019.", "2019/..", date(2019, 1, 1), None),
    ("The army must leave by Friday.", "../2023-03-03", None, date(2023, 3, 3)),
    ("The army stays until 5 May 2023.", "../2023-05-05", None, date(2023, 5, 5)),
    ("The house was built around 1910.", "1910~", date(1910, 1, 1), date(1910, 12, 31)),
    ("The firm lost money in fiscal 2019.", "2019~", None, None),
    ("The bomb went off at about 5 p.m. on 7 May 2022.", "2022-05-07", date(2022, 5, 7), date(2022, 5, 7)),
    ("Prices rose over the past three years.", "2020/2023", date(2020, 1, 1), WEDNESDAY),
]


@pytest.mark.parametrize(("text", "edtf", "first", "last"), OPEN)
def test_bounds_and_doubt_go_into_edtf(text, edtf, first, last):
    (row,) = find(text)
    assert (row.edtf, row.date_from, row.date_to) == (edtf, first, last)


def test_figures_are_read_in_the_order_of_the_outlet():
    text = "The form is of 05/03/2023."
    assert values(text, day_first=True) == [("05/03/2023", "2023-03-05")]
    assert values(text, day_first=False) == [("05/03/2023", "2023-05-03")]


ORDERS = [
    ("BBC News", None, True, "an outlet that is known"),
    ("the washington post", None, False, "in any case"),
    ("Evening Bugle", "https://www.bugle.co.uk/2023/a", True, "a country's host"),
    ("Evening Bugle", "https://www.bugle.com/a", None, "a host of no country"),
    ("USA Today", "https://www.usatoday.co.uk/a", False, "the outlet before the host"),
    (None, None, None, "nothing known"),
    (None, "http://[bad", None, "no address"),
]


@pytest.mark.parametrize(("source", "url", "expected", "reason"), ORDERS)
def test_the_outlet_tells_the_order_of_figures(source, url, expected, reason):
    assert day_comes_first(source, url) is expected, reason


def test_an_article_is_read_in_the_order_of_its_outlet():
    text = "The form is of 05/03/2023."
    parse = parse_text(text)
    british, american = (replace(article(text), source=name) for name in ("BBC", "CNN"))
    assert find_dates(british, parse)[0].date_from == date(2023, 3, 5)
    assert find_dates(american, parse)[0].date_from == date(2023, 5, 3)


def test_figures_that_two_orders_read_differently_are_kept_and_not_resolved():
    (row,) = find("The form is of 05/03/2023.")
    assert (row.text, row.timex_value, row.edtf, row.date_from, row.date_to) == ("05/03/2023", None, None, None, None)


def test_figures_between_full_stops_put_the_day_first():
    assert values("The form is of 05.03.2023.") == [("05.03.2023", "2023-03-05")]


def test_three_short_numbers_that_no_order_settles_are_no_date():
    assert values("They ship version 10.1.12 now.") == [("now", "PRESENT_REF")]


def test_figures_that_only_one_order_can_read_are_read():
    assert values("The form is of 24/02/2023.") == [("24/02/2023", "2023-02-24")]
    assert values("The form is of 02/24/2023.") == [("02/24/2023", "2023-02-24")]


def test_the_document_itself_tells_the_order_of_its_figures():
    text = "The first form is of 24/02/2023. The second form is of 05/03/2023."
    assert [v for _, v in values(text)] == ["2023-02-24", "2023-03-05"]


def test_rows_tell_their_rule_and_their_words():
    text = "Ministers met on Monday. They will meet again in May 2024."
    rows = find(text)
    assert [row.rule for row in rows] == ["weekday", "month_year"]
    assert all(text[row.start : row.end] == row.text for row in rows)
    assert len({row.date_id for row in rows}) == 2


def test_an_empty_parse_does_no_harm():
    from pipeline.tree import Parse

    text = "They met on Monday, 5 March 2018, for two hours."
    assert [m.value for _, m in read_dates(text, Parse(text), WEDNESDAY)] == ["2018-03-05", "PT2H"]


@pytest.mark.parametrize("unit", ["5 May 2019 ", "1999 ", "12 ", "twenty-four ", "1999-", "Christmas Day ", "June "])
def test_a_long_list_takes_time_in_proportion(unit):
    from time import process_time

    from pipeline.tree import Parse

    def seconds(times):
        text = unit * times
        start = process_time()
        list(read_dates(text, Parse(text), WEDNESDAY))
        return process_time() - start

    assert seconds(4000) < 40 * seconds(400) + 0.5
