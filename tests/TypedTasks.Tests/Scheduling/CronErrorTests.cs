using TypedTasks.Shared.Cron;

namespace TypedTasks.Tests.Scheduling;

public sealed class CronErrorTests
{
    private const string Fields = "five fields (minute, hour, day of month, month, day of week), or six with the second before them";

    [Theory]
    [InlineData(null, "there is no text; write " + Fields)]
    [InlineData("", "the text is empty; write " + Fields)]
    [InlineData(" \t ", "the text is empty; write " + Fields)]
    [InlineData("5", "there is one field; write " + Fields)]
    [InlineData("0 5 * *", "there are 4 fields; write " + Fields)]
    [InlineData("0 0 5 * * * 2030", "there are 7 fields; write " + Fields)]
    [InlineData("@daily 5", "there are 2 fields; write " + Fields)]
    [InlineData("@every_minute", "'@every_minute' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly")]
    [InlineData("@", "'@' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly")]
    public void The_whole_is_refused(string? text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("60 0 5 * * *", "the second '60' is not between 0 and 59")]
    [InlineData("60 5 * * *", "the minute '60' is not between 0 and 59")]
    [InlineData("0 24 * * *", "the hour '24' is not between 0 and 23")]
    [InlineData("0 1,99999999999999999999 * * *", "the hour '99999999999999999999' is not between 0 and 23")]
    [InlineData("0 4294967301 * * *", "the hour '4294967301' is not between 0 and 23")]
    [InlineData("0 5 0 * *", "the day of month '0' is not between 1 and 31")]
    [InlineData("0 5 1-32 * *", "the day of month '32' is not between 1 and 31")]
    [InlineData("0 5 * 13 *", "the month '13' is not between 1 and 12")]
    [InlineData("0 5 * * 8", "the day of week '8' is not between 0 and 7")]
    public void A_number_is_refused(string text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("H 5 * * *", "the minute 'H' is not a number between 0 and 59")]
    [InlineData("0 5h * * *", "the hour '5h' is not a number between 0 and 23")]
    [InlineData("0 ½ * * *", "the hour '½' is not a number between 0 and 23")]
    [InlineData("0 ٣ * * *", "the hour '٣' is not a number between 0 and 23")]
    [InlineData("0 +5 * * *", "the hour '+5' is not a number between 0 and 23")]
    [InlineData("0 5 * JANUARY *", "the month 'JANUARY' is neither a number between 1 and 12 nor a name from JAN to DEC")]
    [InlineData("0 5 * * MON-FRIDAY", "the day of week 'FRIDAY' is neither a number between 0 and 7 nor a name from SUN to SAT")]
    [InlineData("0 5 X * *", "the day of month 'X' is not a number between 1 and 31; L, L-3, 15W and LW are written by themselves, not in a list or range")]
    [InlineData("0 5 1,L * *", "the day of month 'L' is not a number between 1 and 31; L, L-3, 15W and LW are written by themselves, not in a list or range")]
    [InlineData("? 5 * * *", "the minute '?' has a '?', which is for the days only; write '*'")]
    [InlineData("0 5 * ? *", "the month '?' has a '?', which is for the days only; write '*'")]
    [InlineData("0 5 1-? * *", "the day of month '1-?' has a '?' at an end of a range; values are 1 to 31")]
    [InlineData("0 *-5 * * *", "the hour '*-5' has a '*' at an end of a range; values are 0 to 23")]
    public void What_is_no_number_is_refused(string text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("1, 5 * * *", "a value is missing in the minute '1,'; values are 0 to 59")]
    [InlineData("0 1,,2 * * *", "a value is missing in the hour '1,,2'; values are 0 to 23")]
    [InlineData("0 5 -3 * *", "a value is missing in the day of month '-3'; values are 1 to 31")]
    [InlineData("0 5 * 3- *", "a value is missing in the month '3-'; values are 1 to 12 and JAN to DEC")]
    [InlineData("0 5 * * /2", "a value is missing in the day of week '/2'; values are 0 to 7 and SUN to SAT")]
    [InlineData("*/0 5 * * *", "the step '0' of the minute '*/0' is not between 1 and 59")]
    [InlineData("0 0/24 * * *", "the step '24' of the hour '0/24' is not between 1 and 23")]
    [InlineData("0 5 1-7/ * *", "the step '' of the day of month '1-7/' is not between 1 and 31")]
    [InlineData("0 5 * */2/2 *", "the step '2/2' of the month '*/2/2' is not between 1 and 12")]
    public void What_is_not_complete_is_refused(string text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("0 5 L-31 * *", "the day of month 'L-31' is neither L, nor L-1 to L-30 (days before the last), nor one of these with a W behind it")]
    [InlineData("0 5 L3 * *", "the day of month 'L3' is neither L, nor L-1 to L-30 (days before the last), nor one of these with a W behind it")]
    [InlineData("0 5 L,5 * *", "the day of month 'L,5' is neither L, nor L-1 to L-30 (days before the last), nor one of these with a W behind it")]
    [InlineData("0 5 W * *", "the day of month 'W' is not one day from 1 to 31, or L, with a W behind it, such as 15W")]
    [InlineData("0 5 1,15W * *", "the day of month '1,15W' is not one day from 1 to 31, or L, with a W behind it, such as 15W")]
    [InlineData("0 5 * * L", "the day of week 'L' is not one day from 0 to 7 or SUN to SAT with an L behind it, such as FRIL")]
    [InlineData("0 5 * * MON,FRIL", "the day of week 'MON,FRIL' is not one day from 0 to 7 or SUN to SAT with an L behind it, such as FRIL")]
    [InlineData("0 5 * * MON-WED#2", "the day of week 'MON-WED#2' is not one day from 0 to 7 or SUN to SAT with # and 1 to 5 behind it, such as MON#2")]
    [InlineData("0 5 * * MON#6", "the '6' of the day of week 'MON#6' is not between 1 and 5")]
    [InlineData("0 5 * * MON#", "the '' of the day of week 'MON#' is not between 1 and 5")]
    public void A_day_that_is_counted_wrongly_is_refused(string text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("0 0 30 2 *", "there is no day of month '30' in February")]
    [InlineData("0 0 30-31 FEB *", "there is no day of month '30-31' in February")]
    [InlineData("0 0 31 2,4,6,9,11 *", "there is no day of month '31' in February, April, June, September or November")]
    [InlineData("0 0 31W 4,6 *", "there is no day of month '31W' in April or June")]
    [InlineData("0 0 L-29 2 *", "there is no day of month 'L-29' in February")]
    [InlineData("0 0 8 * MON#1", "no day is ever both the day of month '8' (month '*') and the day of week 'MON#1', and it must be both")]
    [InlineData("0 0 15W * SAT", "no day is ever both the day of month '15W' (month '*') and the day of week 'SAT', and it must be both")]
    [InlineData("0 0 L 2 MON#3", "no day is ever both the day of month 'L' (month '2') and the day of week 'MON#3', and it must be both")]
    public void What_never_occurs_is_refused(string text, string expected) => Refused(text, expected);

    [Theory]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 29 2 MON#5")]
    [InlineData("0 0 L-28 2 SUN")]
    [InlineData("0 0 31 2,3 *")]
    [InlineData("0 0 1W * TUE")]
    public void What_occurs_seldom_is_read(string text) => Assert.True(CronParser.TryParse(text, out _, out _));

    [Fact]
    public void A_text_of_more_than_200_characters_is_refused()
    {
        Assert.True(CronParser.TryParse("0 5 * * *".PadRight(200), out _, out _));
        Refused("0 5 * * *".PadRight(201), "the text has 201 characters, more than 200");
    }

    private static void Refused(string? text, string expected)
    {
        Assert.False(CronParser.TryParse(text, out CronFields fields, out string? error));
        Assert.Equal(expected, error);
        Assert.Equal(default, fields);
    }
}
