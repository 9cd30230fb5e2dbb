using System.Linq.Expressions;
using System.Text.Json;
using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Outbox;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AliveMcp.Storage.Postgres;

/// <summary>
/// Base of every room's context. Two fences: a query filter by the scope's tenant, and row security, for which every read and write happens
/// in a transaction that names the tenant (<see cref="BeginAsync"/>). What somebody chose is changed only together with a row of the audit
/// trail (<see cref="Audit"/>).
/// </summary>
public abstract class RoomDb(DbContextOptions options, TenantScope scope) : DbContext(options)
{
    /// <summary>Name of the query filter, for the rare place that must lift it.</summary>
    public const string TenantFilter = "tenant";

    private AuditTale _tale = new();

    private DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>Read by the query filter on every use, so it cannot be captured once.</summary>
    private TenantId CurrentTenant => scope.Tenant ?? default;

    /// <summary>Opens a transaction in the name of the scope's tenant.</summary>
    /// <exception cref="InvalidOperationException">The scope acts for nobody.</exception>
    public async Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var tenant = scope.Tenant ?? throw new InvalidOperationException("No tenant: this scope acts for nobody.");
        var transaction = await Database.BeginTransactionAsync(cancellationToken);
        _tale.Forget();
        var value = tenant.ToString();
        await Database.ExecuteSqlAsync($"SELECT set_config('app.tenant_id', {value}, true)", cancellationToken);
        return transaction;
    }

    /// <summary>
    /// Goes on in the transaction that another context of the same scope began: what both change is committed together, by the other, and told
    /// to the audit trail there. For a scope that ends with that transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException">The other has no transaction.</exception>
    public async Task JoinAsync(RoomDb other, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(other);
        var transaction =
            other.Database.CurrentTransaction
            ?? throw new InvalidOperationException("There is no transaction to go on in: begin one.");
        if (ReferenceEquals(Database.GetDbConnection(), other.Database.GetDbConnection()))
        {
            return;
        }

        Database.SetDbConnection(other.Database.GetDbConnection());
        await Database.UseTransactionAsync(transaction.GetDbTransaction(), cancellationToken);
        _tale = other._tale;
    }

    /// <summary>Adds a row to the outbox for every reader of the topic; it is saved with everything else of the transaction.</summary>
    protected void Tell<TRecord>(TenantId tenant, OutboxTopic topic, TRecord record)
    {
        foreach (var reader in topic.Readers)
        {
            Outbox.Add(
                new OutboxRow
                {
                    TenantId = tenant,
                    Topic = topic.Name,
                    Reader = reader,
                    Record = JsonSerializer.Serialize(record, OutboxTopic.Json),
                }
            );
        }
    }

    /// <summary>
    /// Tells the audit trail what this transaction does. The row is written when it commits, as its last statement, in the name of the
    /// scope's <see cref="ActorScope"/>.
    /// </summary>
    /// <param name="entry">What was done. Numbers that the database gives are known after the rows were saved.</param>
    /// <param name="chain">Whose chain; null: the scope's tenant's, and where the scope acts for nobody the operator's.</param>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public void Audit(AuditEntry entry, TenantId? chain = null)
    {
        if (Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An audit row is written in the transaction of its change: begin one.");
        }

        _tale.Tell(chain ?? scope.Tenant ?? AuditWriter.OperatorChain, entry);
    }

    /// <summary>What was told, in the order of chains, each row once.</summary>
    /// <exception cref="InvalidOperationException">Something was changed and nothing told.</exception>
    internal IReadOnlyList<(TenantId Chain, AuditEntry Entry)> TakeAudit() => _tale.Take();

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        _tale.See(ChangeTracker);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<TenantId>().HaveConversion<TenantIdConverter>();
        configurationBuilder.Properties<ServerId>().HaveConversion<ServerIdConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxRow>(OutboxRow.Map);
        foreach (
            var entity in modelBuilder
                .Model.GetEntityTypes()
                .Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned)))
        )
        {
            modelBuilder.Entity(entity.ClrType).HasQueryFilter(TenantFilter, OwnedByCurrentTenant(entity.ClrType));
        }
    }

    private LambdaExpression OwnedByCurrentTenant(Type entity)
    {
        var row = Expression.Parameter(entity, "row");
        var owner = Expression.Property(row, nameof(ITenantOwned.TenantId));
        var current = Expression.Property(Expression.Constant(this, typeof(RoomDb)), nameof(CurrentTenant));
        return Expression.Lambda(Expression.Equal(owner, current), row);
    }
}
