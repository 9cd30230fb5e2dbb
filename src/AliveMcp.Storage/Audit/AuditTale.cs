using System.Reflection;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AliveMcp.Storage.Audit;

/// <summary>What one context changed and what it told of it, from the beginning of a transaction to its commit.</summary>
internal sealed class AuditTale
{
    private readonly List<(TenantId Chain, AuditEntry Entry)> _told = [];
    private readonly SortedSet<string> _changed = new(StringComparer.Ordinal);

    public void Tell(TenantId chain, AuditEntry entry) => _told.Add((chain, entry));

    /// <summary>Looks at what is about to be saved.</summary>
    public void See(ChangeTracker changes)
    {
        foreach (var entry in changes.Entries())
        {
            if (
                entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Metadata.ClrType.GetCustomAttribute<NotAuditedAttribute>() is null
            )
            {
                _changed.Add(entry.Metadata.ClrType.Name);
            }
        }
    }

    /// <summary>Chains in the order of their tenants, so that no two transactions wait for each other's.</summary>
    /// <exception cref="InvalidOperationException">Something was changed and nothing told.</exception>
    public IReadOnlyList<(TenantId Chain, AuditEntry Entry)> Take()
    {
        if (_changed.Count > 0 && _told.Count == 0)
        {
            throw new InvalidOperationException(
                $"Changed without an audit row: {string.Join(", ", _changed)}. Tell it with Audit(…), or say of the entity why not."
            );
        }

        var told = _told.OrderBy(row => row.Chain.Value).ToList();
        Forget();
        return told;
    }

    /// <summary>What an earlier transaction told and did not commit.</summary>
    public void Forget()
    {
        _told.Clear();
        _changed.Clear();
    }
}
