namespace AliveMcp.Vocabulary.Tests;

public sealed class MinuteStampTests
{
    private static readonly MinuteStamp Minute = new(29_920_854);

    [Fact]
    public void A_minute_knows_its_start_day_and_place_in_the_hour()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 54, 0, TimeSpan.Zero), Minute.Start);
        Assert.Equal(new DateOnly(2026, 11, 21), Minute.Day);
        Assert.Equal((29_920_854 / 60, 54), (Minute.Hour, Minute.OfHour));
        Assert.Equal("2026-11-21T08:54Z", Minute.ToString());
    }

    [Theory]
    [InlineData("2026-11-21T08:54Z")]
    [InlineData("2026-11-21T08:54:59.9Z")]
    [InlineData("2026-11-21T10:54+02:00")]
    [InlineData("2026-11-21 08:54")]
    [InlineData("29920854")]
    public void It_is_read_in_every_spelling(string text)
    {
        Assert.True(MinuteStamp.TryParse(text, out var minute));
        Assert.Equal(Minute, minute);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-5")]
    [InlineData("1969-12-31T23:59Z")]
    public void Anything_else_is_no_minute(string? text)
    {
        Assert.False(MinuteStamp.TryParse(text, out _));
    }

    [Fact]
    public void The_last_instant_of_a_minute_belongs_to_it()
    {
        Assert.Equal(Minute, MinuteStamp.Of(Minute.Start.AddSeconds(59.999)));
        Assert.Equal(Minute + 1, MinuteStamp.Of(Minute.Start.AddSeconds(60)));
    }

    [Fact]
    public void Minutes_are_counted_and_compared()
    {
        Assert.Equal(3, Minute + 3 - Minute);
        Assert.True(Minute < Minute + 1 && Minute + 1 > Minute && Minute + 1 >= Minute && Minute <= Minute + 1);
        Assert.Equal(Minute - 54, MinuteStamp.Of(Minute.Start.AddMinutes(-54)));
        Assert.Equal(new MinuteStamp(29_920_854 - 534), MinuteStamp.Of(new DateOnly(2026, 11, 21)));
    }
}
