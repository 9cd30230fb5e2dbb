using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using Dapper;

namespace AliveMcp.Tenancy.SignIn.People;

/// <summary>What a person has here of her own.</summary>
public sealed class PersonDesk(PostgresDoors doors)
{
    private const int LongestName = 80;

    /// <summary>Who it is; null when there is no such person any more.</summary>
    public async Task<Person?> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        var row = await work.Connection.QuerySingleOrDefaultAsync<Row?>(
            new CommandDefinition(
                """
                SELECT p.name AS Name, coalesce(min(e.email), '') AS Email
                FROM tenancy.person AS p LEFT JOIN tenancy.person_email AS e USING (person_id)
                WHERE p.person_id = tenancy.acting_person() GROUP BY p.name
                """,
                transaction: work.Transaction,
                cancellationToken: cancellationToken
            )
        );
        return row is null ? null : new Person(person, SafeText.Of(row.Name, LongestName), row.Email);
    }

    /// <summary>What she is called from now on; false when that cannot be read or is too long.</summary>
    public async Task<bool> RenameAsync(PersonId person, string? name, CancellationToken cancellationToken)
    {
        var wanted = name?.Trim() ?? "";
        if (wanted.Length > LongestName || SafeText.Of(wanted, LongestName) != wanted)
        {
            return false;
        }

        await using var work = await doors.OpenAsync(person, tenant: null, cancellationToken);
        await work.Connection.ExecuteAsync(
            work.Command(
                "UPDATE tenancy.person SET name = @wanted WHERE person_id = tenancy.acting_person()",
                new { wanted },
                cancellationToken
            )
        );
        await work.TellAsync(person, "person.renamed", visitor: null, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return true;
    }

    private sealed record Row(string Name, string Email);
}
