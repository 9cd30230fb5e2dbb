using AliveMcp.Probing.Transports;
using AliveMcp.Testing.Wire;

namespace AliveMcp.Probing.Tests.Transports;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 5 ", 5)]
    [InlineData("3600", 3600)]
    [InlineData("86400", 3600)]
    [InlineData("99999999999999999999999999", 3600)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("5, 10", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("Fri, 20 Nov 2026 12:02:00 GMT", 120)]
    [InlineData("Friday, 20-Nov-26 12:02:00 GMT", 120)]
    [InlineData("Fri Nov 20 12:02:00 2026", 120)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 3600)]
    [InlineData("Fri, 20 Nov 2026 11:59:00 GMT", null)]
    public void Seconds_and_dates_are_read_and_what_is_hostile_is_capped(string? text, int? seconds) =>
        Assert.Equal(seconds, (int?)RetryAfter.Read(text, Now)?.TotalSeconds);

    [Fact]
    public void A_value_of_any_length_is_harmless() => Assert.Null(RetryAfter.Read(new string('9', 100_000), Now));

    [Theory]
    [InlineData(429, 120)]
    [InlineData(503, 120)]
    [InlineData(500, null)]
    public async Task It_is_observed_where_the_status_means_it(int status, int? seconds)
    {
        var specimen = Specimens
            .Healthy.Named("asks to be left alone")
            .On(
                "*",
                call =>
                {
                    call.Http.Response.Headers.RetryAfter = "120";
                    return call.StatusAsync(status);
                }
            );

        var result = await Probes.ProbeAsync(specimen);

        Assert.Equal(seconds, (int?)result.Observed.RetryAfter?.TotalSeconds);
    }
}
