using System.Text;
using AliveMcp.Tenancy.SignIn.Codes;

namespace AliveMcp.Tenancy.Tests.SignIn.Codes;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_RFC_6238_hold(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void The_vectors_of_RFC_4226_hold(long counter, string code) =>
        Assert.Equal(code, Totp.CodeOf(Secret, counter));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int steps, bool isGood)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var code = Totp.CodeOf(Secret, Totp.StepOf(now) + steps);

        Assert.Equal(isGood, Totp.Match(Secret, code, now, after: 0) is not null);
    }

    [Fact]
    public void A_code_is_not_taken_twice_and_neither_is_an_older_one()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = Totp.StepOf(now);

        Assert.Equal(step, Totp.Match(Secret, Totp.CodeOf(Secret, step), now, after: step - 1));
        Assert.Null(Totp.Match(Secret, Totp.CodeOf(Secret, step), now, after: step));
        Assert.Null(Totp.Match(Secret, Totp.CodeOf(Secret, step - 1), now, after: step));
    }

    [Fact]
    public void People_may_type_blanks()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var code = Totp.CodeOf(Secret, Totp.StepOf(now));

        Assert.NotNull(Totp.Match(Secret, $"{code[..3]} {code[3..]} ", now, after: 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000")]
    [InlineData("0000000")]
    [InlineData("٠٠٠٠٠٠")]
    [InlineData("abcdef")]
    public void What_is_no_code_is_none(string text) =>
        Assert.Null(Totp.Match(Secret, text, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), after: 0));

    [Fact]
    public void An_app_reads_the_secret_as_base32()
    {
        Assert.Equal("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", Totp.Spell(Secret));
        Assert.Equal(
            "otpauth://totp/AliveMCP:a%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AliveMCP",
            Totp.Uri(Secret, "a@b.example")
        );
    }
}
