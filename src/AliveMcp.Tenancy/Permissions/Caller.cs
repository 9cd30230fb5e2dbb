using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>
/// Who acts in this request, and as what. Set once at the door, by whatever recognised somebody; until then a stranger. Recognising
/// somebody also lets <see cref="TenantScope"/> act for the tenant, so that the two cannot part.
/// </summary>
public sealed class Caller(TenantScope scope)
{
    private IReadOnlyList<string> _scopes = [];

    public Layer Layer { get; private set; } = Layer.Stranger;

    /// <summary>Whose things this is about; null for strangers, for persons who are in no tenant, and for operators who named none.</summary>
    public TenantId? Tenant { get; private set; }

    /// <summary>Null unless somebody is signed in.</summary>
    public PersonId? Person { get; private set; }

    /// <summary>Null unless a key of a tenant was sent.</summary>
    public ApiKeyId? ApiKey { get; private set; }

    /// <summary>Null unless an operator's or an auditor's token was sent.</summary>
    public OperatorId? Operator { get; private set; }

    /// <summary>What the person is in the tenant; null for keys and operators.</summary>
    public Role? Role { get; private set; }

    /// <summary>One word for the same caller in every request, for counting and for logs: <c>key:7</c>, <c>person:…</c>, <c>operator:3</c>; null for strangers.</summary>
    public string? Name =>
        ApiKey is { } key ? $"key:{key}"
        : Person is { } person ? $"person:{person}"
        : Operator is { } one ? $"operator:{one}"
        : null;

    /// <summary>A key of a tenant was recognised.</summary>
    /// <exception cref="InvalidOperationException">Somebody was recognised before.</exception>
    public void BecomeKey(TenantId tenant, ApiKeyId key, IReadOnlyList<string> scopes)
    {
        Enter(Layer.Customer, tenant);
        (ApiKey, _scopes) = (key, scopes);
    }

    /// <summary>A person is signed in.</summary>
    /// <param name="person">Who.</param>
    /// <param name="tenant">Which of the person's tenants this is about; null when there is none.</param>
    /// <param name="role">What the person is there; null together with <paramref name="tenant"/>.</param>
    /// <exception cref="InvalidOperationException">Somebody was recognised before.</exception>
    public void BecomePerson(PersonId person, TenantId? tenant, Role? role)
    {
        Enter(Layer.Customer, tenant);
        (Person, Role) = (person, role);
    }

    /// <summary>An operator or auditor was recognised.</summary>
    /// <param name="one">Who.</param>
    /// <param name="layer">As what; never stranger or customer.</param>
    /// <param name="tenant">Which tenant this is about; null: none was named.</param>
    /// <exception cref="InvalidOperationException">Somebody was recognised before.</exception>
    public void BecomeOperator(OperatorId one, Layer layer, TenantId? tenant)
    {
        if (layer is Layer.Stranger or Layer.Customer)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, "This is no layer of operators.");
        }

        Enter(layer, tenant);
        Operator = one;
    }

    /// <summary>Whether the table lets this caller do it, here and now.</summary>
    /// <param name="permission">A constant of <see cref="Can"/>.</param>
    public bool May(string permission)
    {
        var row = PermissionTable.Of(permission);
        return row.Layers.Contains(Layer)
            && (Tenant is not null || !row.IsOfTenant)
            && (Layer != Layer.Customer || HasAsCustomer(row));
    }

    private bool HasAsCustomer(PermissionRow row)
    {
        if (ApiKey is not null)
        {
            return row.Scope is { } needed && _scopes.Any(held => ApiKeyScopes.Include(held, needed));
        }

        return row.IsOfTenant ? Role is { } role && row.Roles.Contains(role) : Person is not null;
    }

    private void Enter(Layer layer, TenantId? tenant)
    {
        if (Layer != Layer.Stranger)
        {
            throw new InvalidOperationException($"Somebody was recognised in this request already: {Name}.");
        }

        if (tenant is { } one)
        {
            scope.Act(one);
        }

        (Layer, Tenant) = (layer, tenant);
    }
}
