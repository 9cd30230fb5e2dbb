using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Testing.Rooms;

/// <summary>People of tests: made in the database, with a session as a browser holds it.</summary>
public sealed class TestPeople(PostgresDoors doors, SessionDesk sessions)
{
    private static int _count;

    /// <summary>Somebody new with a proven address, a member of a tenant unless told otherwise.</summary>
    /// <param name="tenant">Null: of none.</param>
    /// <param name="role">As what.</param>
    public async Task<TestPerson> NewAsync(TenantId? tenant, string role = "owner")
    {
        var name = $"somebody-{Interlocked.Increment(ref _count)}";
        await using var connection = await doors.AllTenants.OpenConnectionAsync();
        var number = await connection.ExecuteScalarAsync<int>(
            """
            WITH made AS (INSERT INTO tenancy.person (name, made_at) VALUES (@name, now()) RETURNING person_id)
            INSERT INTO tenancy.person_email (email, person_id, verified_at, made_at)
            SELECT @email, person_id, now(), now() FROM made RETURNING person_id
            """,
            new { name, email = $"{name}@example.com" }
        );
        if (tenant is { } one)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO tenancy.membership (tenant_id, person_id, role, joined_at)
                VALUES (@tenant, @number, @role, now())
                """,
                new
                {
                    tenant = one.Value,
                    number,
                    role,
                }
            );
        }

        var person = new PersonId(number);
        return new TestPerson(person, $"{name}@example.com", await SignInAsync(person));
    }

    /// <summary>Another session of somebody.</summary>
    /// <returns>The token in the cookie.</returns>
    public async Task<string> SignInAsync(PersonId person) =>
        (await sessions.BeginAsync(person, "link", new Visitor("192.0.2.9", "a test"), CancellationToken.None)).Token;
}

/// <summary>Somebody who is signed in.</summary>
/// <param name="Person">Who.</param>
/// <param name="Email">Her proven address.</param>
/// <param name="Token">What stands in her cookie.</param>
public sealed record TestPerson(PersonId Person, string Email, string Token);
