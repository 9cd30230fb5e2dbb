using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Tenancy.Tests.SignIn;

/// <summary>The people of the tests: made in the database, signed in, acting in tenants.</summary>
internal sealed class Everybody(Install install)
{
    private static int _count;

    /// <summary>A network address that nobody else comes from.</summary>
    public static Visitor Somewhere()
    {
        var number = Interlocked.Increment(ref _count);
        return new Visitor($"198.51.{number / 250}.{number % 250}", "a test");
    }

    public static string Address(string name) => $"{name}-{Interlocked.Increment(ref _count)}@example.com";

    /// <summary>Somebody with a proven address.</summary>
    public async Task<(PersonId Person, string Email)> PersonAsync(string name = "alice")
    {
        var email = Address(name);
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        var number = await connection.ExecuteScalarAsync<int>(
            """
            WITH made AS (INSERT INTO tenancy.person (name, made_at) VALUES (@name, now()) RETURNING person_id)
            INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at) SELECT @email, person_id, now(), now() FROM made
            RETURNING person_id
            """,
            new { name, email }
        );
        return (new PersonId(number), email);
    }

    /// <summary>A tenant with one owner.</summary>
    public async Task<(OwnTenant Tenant, PersonId Owner)> TenantAsync()
    {
        var (owner, _) = await PersonAsync("owner");
        var slug = $"t-{Interlocked.Increment(ref _count)}";
        var made = await install
            .Services.GetRequiredService<TenantDesk>()
            .MakeAsync(owner, (slug, "A tenant"), (Somewhere(), Actor.System), CancellationToken.None);
        return made.TryGet(out var tenant) ? (tenant, owner) : throw new InvalidOperationException("Not made.");
    }

    /// <summary>Puts somebody into a tenant, as a restored copy or an invitation would.</summary>
    public async Task JoinAsync(TenantId tenant, PersonId person, string role)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at) VALUES (@tenant, @person, @role, now())",
            new
            {
                tenant = tenant.Value,
                person = person.Value,
                role,
            }
        );
    }

    /// <summary>Runs something in a request of somebody who is signed in.</summary>
    public async Task<T> AsAsync<T>(PersonId person, TenantId tenant, Role role, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = install.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().BecomePerson(person, tenant, role);
        scope.ServiceProvider.GetRequiredService<ActorScope>().Act(new Actor { Layer = "customer", Person = person });
        return await act(scope.ServiceProvider);
    }

    public async Task<T> QueryAsync<T>(string sql, object? values = null)
    {
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>The letters that wait, without a mail server to take them.</summary>
    public static async Task<IReadOnlyList<Letter>> LettersAsync(LetterBox box)
    {
        var letters = new List<Letter>();
        using var stop = new CancellationTokenSource();
        await using var waiting = box.TakeAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        while (true)
        {
            var next = waiting.MoveNextAsync();
            if (!next.IsCompleted)
            {
                await stop.CancelAsync();
                try
                {
                    await next;
                }
                catch (OperationCanceledException)
                {
                    return letters;
                }
            }

            letters.Add(waiting.Current);
        }
    }
}
