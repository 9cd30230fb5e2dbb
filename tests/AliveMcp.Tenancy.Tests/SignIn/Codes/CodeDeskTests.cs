using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.SignIn.Codes;

public sealed class CodeDeskTests(Install install) : IClassFixture<Install>
{
    private readonly Everybody _people = new(install);

    private CodeDesk Codes => install.Services.GetRequiredService<CodeDesk>();

    [Fact]
    public async Task A_second_factor_is_on_after_its_first_code_and_a_session_then_awaits_one()
    {
        var (person, secret, _) = await TurnOnAsync();

        var session = await install
            .Services.GetRequiredService<SessionDesk>()
            .BeginAsync(person, "link", Everybody.Somewhere(), CancellationToken.None);

        Assert.True(session.AwaitsCode);
        Assert.Equal(new SecondFactor(true, 10), await Codes.OfAsync(person, CancellationToken.None));
        install.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await CheckAsync(person, CodeOf(secret)));
    }

    [Fact]
    public async Task A_code_is_good_once_even_for_two_at_the_same_moment()
    {
        var (person, secret, _) = await TurnOnAsync();
        install.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = CodeOf(secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CheckAsync(person, code)));

        Assert.Single(answers, answer => answer is null);
    }

    [Fact]
    public async Task A_recovery_code_is_good_once_however_it_is_typed()
    {
        var (person, _, recovery) = await TurnOnAsync();

        Assert.Null(
            await CheckAsync(person, recovery[3].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))
        );
        Assert.Equal("code_refused", (await CheckAsync(person, recovery[3]))?.Code);
        Assert.Equal(9, (await Codes.OfAsync(person, CancellationToken.None)).RecoveryCodesLeft);
    }

    [Fact]
    public async Task Guessing_ends_after_five_tries_for_all_processes_together()
    {
        var (person, secret, _) = await TurnOnAsync();
        install.Clock.Advance(TimeSpan.FromMinutes(20));
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal("code_refused", (await CheckAsync(person, "000000"))?.Code);
        }

        Assert.Equal("sign_in_too_many", (await CheckAsync(person, CodeOf(secret)))?.Code);
        install.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(await CheckAsync(person, CodeOf(secret)));
    }

    [Fact]
    public async Task What_is_sealed_for_one_person_does_not_open_for_another()
    {
        var seal = install.Services.GetRequiredService<TotpSeal>();
        var box = await seal.CloseAsync(new PersonId(1), [1, 2, 3], CancellationToken.None);

        Assert.Equal([1, 2, 3], await seal.OpenAsync(new PersonId(1), box, CancellationToken.None));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() =>
            seal.OpenAsync(new PersonId(2), box, CancellationToken.None)
        );
    }

    private async Task<(PersonId Person, byte[] Secret, IReadOnlyList<string> Recovery)> TurnOnAsync()
    {
        var (person, email) = await _people.PersonAsync();
        var enrolment = await Codes.EnrolAsync(person, email, CancellationToken.None);
        var again = await Codes.EnrolAsync(person, email, CancellationToken.None);
        Assert.Equal(enrolment, again);
        var secret = SecretOf(enrolment!.Typed);
        var turned = await Codes.TurnOnAsync(person, CodeOf(secret), CancellationToken.None);
        Assert.True(turned.TryGet(out var recovery));
        Assert.Null(await Codes.EnrolAsync(person, email, CancellationToken.None));
        return (person, secret, recovery);
    }

    private Task<Problem?> CheckAsync(PersonId person, string code) =>
        Codes.CheckAsync(person, code, Everybody.Somewhere(), CancellationToken.None);

    private string CodeOf(byte[] secret) => Totp.CodeOf(secret, Totp.StepOf(install.Clock.GetUtcNow()));

    private static byte[] SecretOf(string typed)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(
            typed
                .Replace(" ", "", StringComparison.Ordinal)
                .Select(letter =>
                    Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')
                )
        );
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
