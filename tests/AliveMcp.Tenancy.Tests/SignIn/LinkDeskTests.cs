using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.SignIn;

public sealed class LinkDeskTests : IClassFixture<Install>
{
    private static readonly Uri Origin = new("https://alive.example.com");

    private readonly Install _install;
    private readonly Everybody _people;
    private readonly LetterBox _box = new();
    private readonly string _browser = SecretToken.New();

    public LinkDeskTests(Install install) => (_install, _people) = (install, new Everybody(install));

    [Fact]
    public async Task An_address_takes_the_same_statements_whether_it_is_known_or_nobodys()
    {
        var (_, known) = await _people.PersonAsync();
        using var sent = new SentStatements(_install.Storage);
        var ways = new List<IReadOnlyList<string>>();
        foreach (var address in (string[])[known, Everybody.Address("nobody"), known, Everybody.Address("nobody")])
        {
            sent.Forget();
            await Desk(open: false)
                .AskAsync(address, (_browser, "/"), Origin, Everybody.Somewhere(), CancellationToken.None);
            ways.Add(sent.Texts);
        }

        Assert.NotEmpty(ways[0]);
        Assert.All(ways, way => Assert.Equal(ways[0], way));
    }

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var (person, email) = await _people.PersonAsync();
        var token = await AskAsync(email);

        Assert.Equal(person, Entered(await EnterAsync(token!)).Person);
        Assert.Equal("link_not_found", (await EnterAsync(token!)).Problems.Single().Code);
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_the_same_moment_one_is_let_in()
    {
        var (_, email) = await _people.PersonAsync();
        var token = await AskAsync(email);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnterAsync(token!)));

        Assert.Single(all, one => one.TryGet(out _));
    }

    [Fact]
    public async Task A_link_that_is_only_opened_stays_good()
    {
        var (_, email) = await _people.PersonAsync();
        var token = await AskAsync(email);

        var opened = await LookAsync(token!, SecretToken.New());

        Assert.Equal(new LinkOnHand(false, email, IsThisBrowser: false), opened);
        Assert.True((await LookAsync(token!, _browser))!.IsThisBrowser);
        Assert.True((await EnterAsync(token!)).TryGet(out _));
        Assert.Null(await LookAsync(token!, _browser));
    }

    [Fact]
    public async Task A_link_is_dead_after_a_quarter_of_an_hour()
    {
        var (_, email) = await _people.PersonAsync();
        var token = await AskAsync(email);
        _install.Clock.Advance(LinkDesk.GoodFor);

        Assert.Null(await LookAsync(token!, _browser));
        Assert.False((await EnterAsync(token!)).TryGet(out _));
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_letter()
    {
        var links = Desk(open: false);

        var problem = await links.AskAsync(
            "nobody@example.com",
            (_browser, "/tenants"),
            Origin,
            Everybody.Somewhere(),
            CancellationToken.None
        );

        Assert.Null(problem);
        Assert.Empty(await Everybody.LettersAsync(_box));
    }

    [Fact]
    public async Task Where_everybody_may_register_a_new_address_makes_a_person()
    {
        var token = await AskAsync(Everybody.Address("new"), open: true);

        var entered = await Desk(open: true).EnterAsync(token, Everybody.Somewhere(), CancellationToken.None);

        Assert.True(entered.TryGet(out _));
    }

    [Fact]
    public async Task An_invited_address_may_register_where_nobody_else_may()
    {
        var email = Everybody.Address("invited");
        var (tenant, owner) = await _people.TenantAsync();
        await using (var connection = await _install.Storage.Doors.AllTenants.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO tenancy.invitation (tenant_id, email, role, token_hash, invited_by, made_at, expires_at)
                VALUES (@tenant, @email, 'viewer', @hash, @owner, now(), @ends)
                """,
                new
                {
                    tenant = tenant.Tenant.Value,
                    email,
                    hash = SecretToken.Hash(SecretToken.New()),
                    owner = owner.Value,
                    ends = _install.Clock.GetUtcNow().AddDays(1),
                }
            );
        }

        Assert.True((await EnterAsync((await AskAsync(email))!)).TryGet(out _));
    }

    [Fact]
    public async Task A_mailbox_is_not_flooded_and_nobody_is_told()
    {
        var (_, email) = await _people.PersonAsync();
        for (var time = 0; time < 9; time++)
        {
            Assert.Null(
                await Desk(open: false)
                    .AskAsync(email, (_browser, "/"), Origin, Everybody.Somewhere(), CancellationToken.None)
            );
        }

        Assert.Equal(5, (await Everybody.LettersAsync(_box)).Count);
    }

    [Fact]
    public async Task One_network_address_asks_for_thirty_links_an_hour()
    {
        var from = Everybody.Somewhere();
        var answers = new List<Problem?>();
        for (var time = 0; time < 31; time++)
        {
            answers.Add(
                await Desk(open: false)
                    .AskAsync(Everybody.Address("x"), (_browser, "/"), Origin, from, CancellationToken.None)
            );
        }

        Assert.All(answers.SkipLast(1), Assert.Null);
        Assert.Equal("sign_in_too_many", answers[^1]?.Code);
    }

    [Fact]
    public async Task Neither_the_link_nor_the_letter_is_kept_in_the_database()
    {
        var (_, email) = await _people.PersonAsync();
        var token = await AskAsync(email);

        await using var superuser = new NpgsqlConnection(_install.Storage.Options.Bootstrap.ConnectionString);
        var kept = await superuser.ExecuteScalarAsync<string>(
            "SELECT string_agg(l::text, ' ') || (SELECT coalesce(string_agg(o::text, ' '), '') FROM storage.outbox o) FROM tenancy.sign_in_link l"
        );

        Assert.Contains(email, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(token!, kept, StringComparison.Ordinal);
    }

    private async Task<string?> AskAsync(string email, bool open = false)
    {
        Assert.Null(
            await Desk(open)
                .AskAsync(email, (_browser, "/tenants"), Origin, Everybody.Somewhere(), CancellationToken.None)
        );
        var letter = (await Everybody.LettersAsync(_box)).Single();
        Assert.Equal(email, letter.To.Text);
        const string start = "https://alive.example.com/sign-in/confirm?token=";
        var at = letter.Text.IndexOf(start, StringComparison.Ordinal);
        return letter.Text.Substring(at + start.Length, 43);
    }

    private Task<Result<EnteredPerson>> EnterAsync(string token) =>
        Desk(open: false).EnterAsync(token, Everybody.Somewhere(), CancellationToken.None);

    private Task<LinkOnHand?> LookAsync(string token, string browser) =>
        Desk(open: false).LookAsync(token, browser, Everybody.Somewhere(), CancellationToken.None);

    private static EnteredPerson Entered(Result<EnteredPerson> result) =>
        result.TryGet(out var person) ? person : throw new InvalidOperationException(result.Problems[0].Code);

    /// <summary>With a mail server in the settings, so that letters are posted; nobody takes them from the box but the test.</summary>
    private LinkDesk Desk(bool open)
    {
        var route = new SmtpRoute(Options.Create(new MailOptions { Host = "mail.example.com" }), _install.Clock);
        return new LinkDesk(
            _install.Storage.Doors,
            new Attempts(_install.Storage.Doors, _install.Clock),
            new SignInLetters(_box, route, NullLogger<SignInLetters>.Instance),
            Options.Create(new SignInOptions { OpenRegistration = open }),
            _install.Clock
        );
    }
}
