using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.SignIn.Sessions;

public sealed class SessionDeskTests(Install install) : IClassFixture<Install>
{
    private readonly Everybody _people = new(install);

    private SessionDesk Sessions => install.Services.GetRequiredService<SessionDesk>();

    [Fact]
    public async Task A_session_is_known_by_its_token_and_by_nothing_else()
    {
        var session = await BeginAsync();

        Assert.Equal(session, await RecogniseAsync(session.Token));
        Assert.Null(await RecogniseAsync(null));
        Assert.Null(await RecogniseAsync("' OR 1=1 --"));
        Assert.Null(await RecogniseAsync(session.Token[..42] + (session.Token[42] == 'A' ? 'B' : 'A')));
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends_and_one_that_is_used_goes_on_to_its_end()
    {
        var idle = await BeginAsync();
        var used = await BeginAsync();
        for (var day = 0; day < 29; day++)
        {
            install.Clock.Advance(TimeSpan.FromDays(1));
            Assert.NotNull(await RecogniseAsync(used.Token));
        }

        Assert.Null(await RecogniseAsync(idle.Token));
        install.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.Null(await RecogniseAsync(used.Token));
    }

    [Fact]
    public async Task Only_a_hash_of_the_token_is_kept()
    {
        var session = await BeginAsync();

        var kept = await _people.QueryAsync<string>("SELECT string_agg(s::text, ' ') FROM tenancy.session s");

        Assert.DoesNotContain(session.Token, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_session_is_another_and_the_old_token_opens_nothing()
    {
        var before = await BeginAsync();

        var after = await Sessions.RotateAsync(before, Everybody.Somewhere(), CancellationToken.None);

        Assert.Null(await RecogniseAsync(before.Token));
        Assert.Equal(before.Person, (await RecogniseAsync(after.Token))?.Person);
    }

    [Fact]
    public async Task A_person_lists_and_ends_her_own_sessions_and_nobody_else_s()
    {
        var alice = await BeginAsync();
        var also = await BeginAsync(alice.Person);
        var mallory = await BeginAsync();

        await Sessions.RevokeAsync(mallory.Person, alice.SessionId, CancellationToken.None);
        await Sessions.RevokeAllAsync(mallory.Person, but: null, CancellationToken.None);

        Assert.NotNull(await RecogniseAsync(alice.Token));
        Assert.Null(await RecogniseAsync(mallory.Token));
        Assert.Equal(2, (await Sessions.ListAsync(alice.Person, CancellationToken.None)).Count);
        await Sessions.RevokeAllAsync(alice.Person, alice.SessionId, CancellationToken.None);
        Assert.Null(await RecogniseAsync(also.Token));
        Assert.NotNull(await RecogniseAsync(alice.Token));
    }

    private async Task<OpenSession> BeginAsync(PersonId? person = null) =>
        await Sessions.BeginAsync(
            person ?? (await _people.PersonAsync()).Person,
            "link",
            Everybody.Somewhere(),
            CancellationToken.None
        );

    private Task<OpenSession?> RecogniseAsync(string? token) => Sessions.RecogniseAsync(token, CancellationToken.None);
}
